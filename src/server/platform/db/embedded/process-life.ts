import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * Whether a process with this id runs, zombies not counted.
 *
 * A killed process keeps its id until its parent, which may be a slow first process of a
 * container, has taken note of its death. Signals still reach such an id, so asking by signal
 * alone would call it alive.
 */
export function isAlive(pid: number): boolean {
  if (!answersSignals(pid)) return false;
  if (process.platform === 'linux') return readLinuxStat(pid)?.state !== 'Z';
  if (process.platform === 'win32') return true;
  return !askPs(pid, 'stat').startsWith('Z');
}

/**
 * When the process with this id was started, as text that only serves to be compared: the same
 * id with another start is another process. Empty when it cannot be known.
 */
export function readStart(pid: number): string {
  if (process.platform === 'linux') {
    const stat = readLinuxStat(pid);
    return stat === null ? '' : `${readBootId()} ${stat.startTicks}`;
  }
  return process.platform === 'win32' ? '' : askPs(pid, 'lstart');
}

/** A living process that has to do with a folder: it was started with it as an argument, or only works in it. */
export type Occupant = { readonly pid: number; readonly startedWithIt: boolean };

/**
 * The living processes of a PostgreSQL cluster: its postmaster, started with the folder as an
 * argument, and the postmaster's children, who work in it.
 *
 * Linux is asked for all processes; elsewhere only `suspect`, the process that the cluster's own
 * file names, is looked at.
 */
export function findOccupants(folder: string, suspect: number | null): Occupant[] {
  if (process.platform === 'linux') return listProcesses().flatMap((pid) => judgeOccupant(pid, folder));
  if (suspect === null || suspect === process.pid || !isAlive(suspect)) return [];
  const isOne = process.platform === 'win32' || askPs(suspect, 'command').includes(folder);
  return isOne ? [{ pid: suspect, startedWithIt: true }] : [];
}

function judgeOccupant(pid: number, folder: string): Occupant[] {
  if (pid === process.pid || readLinuxStat(pid)?.state === 'Z') return [];
  const words = readOrEmpty(`/proc/${pid}/cmdline`).split('\0');
  if (words.includes('-D') && words.includes(folder)) return [{ pid, startedWithIt: true }];
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder ? [{ pid, startedWithIt: false }] : [];
  } catch {
    return [];
  }
}

function listProcesses(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

/** The ids of a process' direct children. Known on Linux only, elsewhere empty. */
export function readChildren(pid: number): number[] {
  const text = readOrEmpty(`/proc/${pid}/task/${pid}/children`);
  return text.split(' ').filter(Boolean).map(Number);
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function readLinuxStat(pid: number): { state: string; startTicks: string } | null {
  // The second field is the program's name in brackets and may itself hold spaces and brackets.
  const afterName = readOrEmpty(`/proc/${pid}/stat`).split(') ').at(-1) ?? '';
  const fields = afterName.split(' ');
  const [state, startTicks] = [fields[0], fields[19]];
  return state === undefined || startTicks === undefined ? null : { state, startTicks };
}

function readBootId(): string {
  return readOrEmpty('/proc/sys/kernel/random/boot_id').trim();
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function askPs(pid: number, column: string): string {
  try {
    return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}
