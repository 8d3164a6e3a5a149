import type { ReactNode } from 'react';
import { IconAlert, IconCheck, IconQuestion } from './icons.ts';
import './notice.css';

export type Tone = 'good' | 'warn' | 'bad' | 'quiet' | 'accent';

interface NoticeProps {
  tone: Tone;
  title?: string;
  children?: ReactNode;
  action?: ReactNode;
  /** Speaks at once to who cannot see it; default for `bad`. */
  urgent?: boolean;
}

/** A few words that stand in the flow of a screen until they are no longer true. */
export function Notice({ tone, title, children, action, urgent = tone === 'bad' }: NoticeProps) {
  const Icon = tone === 'good' ? IconCheck : tone === 'bad' || tone === 'warn' ? IconAlert : IconQuestion;
  return (
    <div className={`notice notice-${tone}`} role={urgent ? 'alert' : undefined}>
      <div className="notice-said">
        <Icon size={20} className="notice-icon" />
        <div className="notice-words">
          {title ? <strong>{title}</strong> : null}
          {children ? <div>{children}</div> : null}
        </div>
      </div>
      {action ? <div className="notice-action">{action}</div> : null}
    </div>
  );
}

/** A state in a word, with a mark of its own beside the colour. */
export function Word({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={`word word-${tone}`}>
      <span aria-hidden="true" className="word-mark" />
      {children}
    </span>
  );
}
