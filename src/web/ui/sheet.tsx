import type { ReactNode } from 'react';
import './sheet.css';

interface SheetProps {
  title?: ReactNode;
  /** To the right of the title. */
  aside?: ReactNode;
  /** Text under the title. */
  lead?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A piece of paper on the desk: one subject with its title. */
export function Sheet({ title, aside, lead, children, className = '' }: SheetProps) {
  return (
    <section className={`sheet ${className}`}>
      {title || aside ? (
        <div className="sheet-head">
          {title ? <h2>{title}</h2> : null}
          {aside}
        </div>
      ) : null}
      {lead ? <p className="sheet-lead">{lead}</p> : null}
      {children}
    </section>
  );
}

/** A first look at a room with nothing in it: what it is for and the one thing to do. */
export function EmptyState({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <section className="sheet empty-state">
      <h2>{title}</h2>
      <div className="empty-words">{children}</div>
      {action ? <div className="empty-action">{action}</div> : null}
    </section>
  );
}
