import type { ReactNode } from 'react';
import { IconChevronRight } from './icons.ts';
import './more.css';

interface MoreProps {
  label: string;
  /** Said beside the label while closed. */
  hint?: string;
  open?: boolean;
  children: ReactNode;
}

/** What is offered and not asked: opens in place, works without script. */
export function More({ label, hint, open, children }: MoreProps) {
  return (
    <details className="more" open={open}>
      <summary>
        <IconChevronRight size={18} className="more-mark" />
        <span>{label}</span>
        {hint ? <span className="more-hint">{hint}</span> : null}
      </summary>
      <div className="more-body">{children}</div>
    </details>
  );
}
