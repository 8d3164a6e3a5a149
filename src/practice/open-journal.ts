import { closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import type { z } from 'zod';

/** A file of JSON lines that only ever grows. */
export interface Journal<Line> {
  file: string;
  /** What stood in it when it was opened, oldest first. */
  kept: Line[];
  /** Writes one line; it is on the disk when this returns. */
  append(line: Line): void;
  /** The same with many lines at once, which are on the disk together. */
  appendAll(lines: readonly Line[]): void;
  close(): void;
}

/**
 * Opens a journal, or begins it. A last line that a killed process left half written was never answered for: it is cut
 * off. Throws when a whole line cannot be read, because what stands after it could not be trusted either.
 */
export function openJournal<T extends z.ZodType>(file: string, schema: T): Journal<z.output<T>> {
  const kept = existsSync(file) ? readKept(file, schema) : [];
  const descriptor = openSync(file, 'a', 0o600);
  const appendAll = (lines: readonly z.output<T>[]): void => {
    if (lines.length === 0) return;
    writeSync(descriptor, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    fsyncSync(descriptor);
  };
  return {
    file,
    kept,
    append: (line) => appendAll([line]),
    appendAll,
    close: () => closeSync(descriptor),
  };
}

function readKept<T extends z.ZodType>(file: string, schema: T): z.output<T>[] {
  const bytes = readFileSync(file);
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  if (wholeBytes < bytes.length) truncateSync(file, wholeBytes);
  const lines = bytes.subarray(0, wholeBytes).toString().split('\n').slice(0, -1);
  return lines.map((line, index) => {
    const read = schema.safeParse(parse(line));
    if (!read.success) throw new Error(`${file}: line ${index + 1} cannot be read`);
    return read.data;
  });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
