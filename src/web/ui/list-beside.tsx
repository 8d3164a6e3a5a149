import { useMediaQuery } from '@mantine/hooks';
import { Link, useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { stepFocus, useListKeys } from '../lib/use-list-keys.ts';
import './list-beside.css';

/** A line of a list that lies beside what it opens. */
export interface LineBeside {
  id: string;
  to: string;
  title: string;
  /** In one line below the title. */
  text?: ReactNode;
}

interface ListBesideProps {
  /** What the list is called. */
  label: string;
  lines: readonly LineBeside[];
  /** The one whose detail is shown. */
  openId: string | undefined;
  /** The detail. */
  children: ReactNode;
}

/** Lays a detail beside the list it came from where there is room, from 1280 px up; else there is the detail alone. */
export function ListBeside({ children, ...list }: ListBesideProps) {
  const hasRoom = useMediaQuery('(min-width: 80em)', undefined, { getInitialValueInEffect: false });
  return (
    <div className="beside">
      {hasRoom ? <Lines {...list} /> : null}
      <div className="beside-detail">{children}</div>
    </div>
  );
}

function Lines({ label, lines, openId }: Omit<ListBesideProps, 'children'>) {
  const navigate = useNavigate();
  const list = useRef<HTMLElement>(null);
  const isThere = lines.some((it) => it.id === openId);
  useListKeys((by) => {
    const next = lines[lines.findIndex((it) => it.id === openId) + by];
    if (next) void navigate({ to: next.to });
  });
  useEffect(() => {
    if (openId && isThere) list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [openId, isThere]);
  const step = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    stepFocus(list, 'a', event.key === 'ArrowDown' ? 1 : -1);
  };
  return (
    <nav ref={list} className="beside-list" aria-label={label} onKeyDown={step}>
      <ul>
        {lines.map(({ id, to, title, text }) => (
          <li key={id}>
            <Link to={to} className="beside-line" {...(id === openId ? { 'aria-current': 'page' } : {})}>
              <strong dir="auto">{title}</strong>
              {text ? <span>{text}</span> : null}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
