import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { IconBack } from './icons.ts';
import './page.css';

interface PageProps {
  title: string;
  /** One or two sentences below the title. */
  lead?: ReactNode;
  /** The main action first. */
  actions?: ReactNode;
  /** Where one came from. */
  back?: { to: string; label: string };
  /** `wide` for calendars and tables. */
  width?: 'reading' | 'normal' | 'wide';
  children: ReactNode;
}

/** A screen: names the document, puts the focus on its title, and lays out title, actions and content. */
export function Page({ title, lead, actions, back, width = 'normal', children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Goalpost`;
  }, [title]);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={`page page-${width}`}>
      {back ? (
        <Link to={back.to} className="page-back">
          <IconBack size={18} />
          {back.label}
        </Link>
      ) : null}
      <header className="page-head">
        <div className="page-title">
          <h1 ref={heading} tabIndex={-1} dir="auto">
            {title}
          </h1>
          {lead ? <p>{lead}</p> : null}
        </div>
        {actions ? <div className="page-actions">{actions}</div> : null}
      </header>
      {children}
    </div>
  );
}
