import { z } from 'zod';
import { refuseField } from './refusal.ts';

/** Where a page ended, as opaque text: the sort keys of its last row. */
export const writeCursor = (keys: readonly (string | number | Date)[]): string =>
  Buffer.from(JSON.stringify(keys.map((key) => (key instanceof Date ? key.toISOString() : key)))).toString('base64url');

/** The sort keys again, parsed; a cursor we did not write is refused by name. Null when there is none. */
export function readCursor<T extends z.ZodType>(cursor: string | undefined, keys: T): z.output<T> | null {
  if (cursor === undefined) return null;
  try {
    return keys.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    refuseField('cursor', 'cursor-unknown');
  }
}

/** Keys `[instant, id]`, the usual pair. */
export const InstantAndId = z.tuple([z.iso.datetime().transform((text) => new Date(text)), z.uuid()]);

/** Cuts the row too many off and says where the next page begins. */
export function cutPage<R, I>(
  rows: R[],
  limit: number,
  keys: (row: R) => readonly (string | number | Date)[],
  present: (row: R) => I,
): { items: I[]; next?: string } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(present),
    ...(rows.length > limit && last !== undefined ? { next: writeCursor(keys(last)) } : {}),
  };
}
