import { useTranslation } from 'react-i18next';
import { composeShortcuts } from './compose-shortcuts.ts';

/** The composer's shortcuts, for who has a keyboard. */
export function ShortcutList() {
  const { t } = useTranslation();
  const mod = /Mac|iP(hone|ad)/.test(navigator.platform) ? '⌘' : 'Ctrl';
  const write = (keys: string) =>
    keys
      .split('+')
      .map((it) => (it === 'mod' ? mod : it.charAt(0).toUpperCase() + it.slice(1)))
      .join(' + ');
  return (
    <dl className="shortcut-list">
      {composeShortcuts.map(({ keys, act }) => (
        <div key={keys}>
          <dt>
            <kbd>{write(keys)}</kbd>
          </dt>
          <dd>{t(`composing.keys.${act}`)}</dd>
        </div>
      ))}
    </dl>
  );
}
