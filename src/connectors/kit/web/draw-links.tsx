import type { ReactNode } from 'react';
import { findLinks } from '../rules/index.ts';

/** A text with its links in a class of their own; they lead nowhere, since nothing is out yet. */
export function drawLinks(
  text: string,
  className: string | undefined,
  present: (written: string) => string = (written) => written,
): ReactNode[] {
  const drawn: ReactNode[] = [];
  let at = 0;
  for (const { start, end, url, text: written } of findLinks(text)) {
    if (url === null) continue;
    drawn.push(text.slice(at, start));
    drawn.push(
      <span className={className} key={start}>
        {present(written)}
      </span>,
    );
    at = end;
  }
  drawn.push(text.slice(at));
  return drawn;
}
