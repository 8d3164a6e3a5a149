import { useTranslation } from 'react-i18next';
import { Keys } from '../../../ui/keys.tsx';
import { composeShortcuts } from './compose-shortcuts.ts';

/** The composer's shortcuts, for who has a keyboard. */
export function ShortcutList() {
  const { t } = useTranslation();
  return (
    <dl className="shortcut-list">
      {composeShortcuts.map(({ keys, act }) => (
        <div key={keys}>
          <dt>{t(`composing.keys.${act}`)}</dt>
          <dd>
            <Keys keys={keys} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
