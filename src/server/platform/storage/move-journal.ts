import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';

/** What a move has copied and read back so far. */
export interface MoveJournal {
  has(key: string): boolean;
  note(key: string): Promise<void>;
  /** The move is done. */
  forget(): Promise<void>;
}

/**
 * Keeps it in a file, a key a line, so that a move that was killed goes on. The first line says where to: a file of a
 * move to another place counts for nothing. A line that is lost costs one file copied once more.
 */
export async function openMoveJournal(path: string, target: string): Promise<MoveJournal> {
  const lines = (await readFile(path, 'utf8').catch(() => '')).split('\n');
  const isSame = lines[0] === target;
  // Cut off by a kill, the last line may be half a key, which is no file's.
  const done = new Set(isSame ? lines.slice(1, -1) : []);
  if (!isSame) await writeFile(path, `${target}\n`, { mode: 0o600 });
  else if (lines.at(-1) !== '') await appendFile(path, '\n');
  return {
    has: (key) => done.has(key),
    async note(key) {
      await appendFile(path, `${key}\n`);
      done.add(key);
    },
    forget: () => rm(path, { force: true }),
  };
}
