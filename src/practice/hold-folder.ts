import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Takes a folder for this process and returns how to let go of it. Throws when another living process has it; what a
 * killed one left behind is taken over.
 */
export function holdFolder(folder: string): () => void {
  const file = path.join(folder, 'process');
  const isNew = tryWrite(file);
  if (!isNew) {
    const other = Number(readFileSync(file, 'utf8'));
    if (other !== process.pid && isAlive(other)) {
      throw new Error(
        `Another practice network (process ${other}) works in ${folder}. Stop it, or name another folder.`,
      );
    }
    writeFileSync(file, String(process.pid));
  }
  return () => rmSync(file, { force: true });
}

function tryWrite(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
