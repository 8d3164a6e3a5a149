import { readFileSync, statSync } from 'node:fs';
import { readKeyLines, type VaultKey } from './load-keys.ts';

/**
 * A look at the key file that costs a few microseconds and no timer: the keys at the first look and when the file has
 * changed since the last one, else null. A file that is gone or cannot be read says nothing new, so that a running server goes on.
 */
export function watchKeyFile(path: string): () => readonly VaultKey[] | null {
  let seen: string | null = null;
  return () => {
    const mark = markOf(path);
    if (mark === null || mark === seen) return null;
    try {
      const keys = readKeyLines(readFileSync(path, 'utf8'), path);
      seen = mark;
      return keys;
    } catch {
      return null;
    }
  };
}

/** Another one after every change: who changes the file puts a new one in its place. */
function markOf(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.ino} ${found.mtimeNs} ${found.size}` : null;
}
