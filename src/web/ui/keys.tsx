import { useTranslation } from 'react-i18next';
import './keys.css';

/** The keys of a shortcut as they stand on the keyboard. */
export function Keys({ keys }: { keys: string }) {
  const { t } = useTranslation('first');
  return (
    <span className="keys">
      {keys.split(' ').map((stroke, at) => (
        <kbd key={`${stroke}-${keys.slice(0, at)}`}>
          {stroke
            .replace('mod+', isApple() ? '⌘ ' : `${t('shortcuts.ctrl')} `)
            .replace('shift+', '⇧ ')
            .replace('Enter', '⏎')}
        </kbd>
      ))}
    </span>
  );
}

const isApple = (): boolean => /Mac|iP(hone|ad)/.test(navigator.userAgent);
