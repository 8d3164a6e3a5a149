import { readFileSync } from 'node:fs';
import path from 'node:path';

/** One row of the table of faults in a network's page. */
export interface DocumentedFault {
  /** First cell, as it stands there. */
  row: string;
  kind: string;
  /** Of a send: what it says about whether anything can be public. Null: not of a send. */
  reached: 'no' | 'unknown' | null;
  /** The row knows a case in which it is otherwise. */
  hasExceptions: boolean;
}

/** Where every network has its page. */
export const networksDocs = path.join(import.meta.dirname, '../../../../../docs/networks');

/** The faults that a network's page under docs/networks tells of. */
export function readDocumentedFaults(network: string): DocumentedFault[] {
  const text = readFileSync(path.join(networksDocs, `${network}.md`), 'utf8');
  const [, section = ''] = text.split(/^## Faults$/m);
  const [table = ''] = section.split(/^## /m);
  return table
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (---|answer)/.test(line))
    .map((line) => {
      const [row = '', fault = '', reached = ''] = line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim());
      const says = reached.replaceAll('*', '');
      return {
        row,
        kind: /`([a-z-]+)`/.exec(fault)?.[1] ?? '',
        reached: says === '–' ? null : says.startsWith('no') ? 'no' : 'unknown',
        hasExceptions: says.includes('unless'),
      };
    });
}
