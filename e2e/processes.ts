import { readdirSync, readFileSync } from 'node:fs';

/** Ids of the living processes that name a folder, or something below it, among their words. */
export function findProcessesOf(folder: string): number[] {
  return listProcesses().filter((pid) => pid !== process.pid && read(`/proc/${pid}/cmdline`).includes(folder));
}

/** Kills a process, all that descend from it, and all that name the folder, at once and without a word. */
export function killTree(pid: number, folder: string): void {
  const family = new Set([pid, ...findProcessesOf(folder)]);
  for (let size = 0; size !== family.size; ) {
    size = family.size;
    for (const one of listProcesses()) if (family.has(parentOf(one))) family.add(one);
  }
  for (const one of family) {
    try {
      process.kill(one, 'SIGKILL');
    } catch {
      // It had just ended.
    }
  }
}

const listProcesses = (): number[] => readdirSync('/proc').map(Number).filter(Number.isInteger);

const parentOf = (pid: number): number => Number(read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ')[1]);

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
