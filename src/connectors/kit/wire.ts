import { z } from 'zod';

/** Pieces of the schemas with which connectors read a network's answers. */

/** Longer than any honest server sends makes the answer unreadable. */
export const text = (max: number) => z.string().max(max);

/** A count; what is none is missing, never zero. */
export const count = z.int().min(0).optional().catch(undefined);

export const instant = text(64).pipe(z.coerce.date());

/** A list of which unreadable entries are left out: one bad entry does not take the others with it. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.array(z.unknown()).transform((entries) =>
    entries.flatMap((entry): z.output<T>[] => {
      const read = item.safeParse(entry);
      return read.success ? [read.data] : [];
    }),
  );
