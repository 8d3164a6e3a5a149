import { Notice } from '../../ui/notice.tsx';
import './warn-lines.css';

/** What to think of before a time is chosen, a line each. Nothing when there are none. */
export function WarnLines({ lines }: { lines: readonly { key: string; text: string }[] }) {
  if (lines.length === 0) return null;
  return (
    <div className="warn-lines">
      <Notice tone="warn">
        {lines.map(({ key, text }) => (
          <p key={key}>{text}</p>
        ))}
      </Notice>
    </div>
  );
}
