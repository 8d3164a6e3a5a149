import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isAlive, readStart } from './process-life.ts';

/** A process that holds, or held, a lock file. */
export type Holder = {
  readonly pid: number;
  readonly start: string;
  /** Where it answers, when it said so. */
  readonly address?: string | undefined;
};

/**
 * Takes the lock file for this process and returns the function that gives it back.
 *
 * The file names the holder by process id and start, so that a lock left by a killed process is
 * taken over, also when its id has meanwhile been given to another. Throws `LockHeldError` when
 * the holder lives; that includes this process itself.
 */
export function holdLock(file: string, address?: string): () => void {
  const holder: Holder = { pid: process.pid, start: readStart(process.pid), address };
  const mine = `${JSON.stringify({ ...holder, mark: randomMark() })}\n`;
  const draft = `${file}.${randomMark()}`;
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    while (!tryLink(draft, file)) removeIfStale(file);
  } finally {
    rmSync(draft, { force: true });
  }
  return () => {
    if (readOrNull(file) === mine) rmSync(file, { force: true });
  };
}

/** Someone else uses what the lock guards. */
export class LockHeldError extends Error {
  readonly holder: Holder;

  constructor(holder: Holder) {
    super(`The process ${holder.pid} is using it.`);
    this.name = 'LockHeldError';
    this.holder = holder;
  }
}

/** The living process that holds the lock file, or null. */
export function findHolder(file: string): Holder | null {
  const holder = parseHolder(readOrNull(file) ?? '');
  return holder !== null && isAlive(holder.pid) && readStart(holder.pid) === holder.start ? holder : null;
}

function removeIfStale(file: string): void {
  const text = readOrNull(file);
  if (text === null) return;
  const holder = findHolder(file);
  if (holder !== null) throw new LockHeldError(holder);
  // Moved aside rather than removed: another process may have taken the lock since we read it,
  // and what we move away is then its fresh lock, which goes back.
  const aside = `${file}.${randomMark()}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (readOrNull(aside) !== text) tryLink(aside, file);
  rmSync(aside, { force: true });
}

function parseHolder(text: string): Holder | null {
  try {
    const { pid, start, address }: Partial<Holder> = JSON.parse(text);
    return typeof pid === 'number' && typeof start === 'string' ? { pid, start, address } : null;
  } catch {
    return null;
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function randomMark(): string {
  return randomBytes(6).toString('hex');
}
