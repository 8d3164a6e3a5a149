import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** What some processes take together. */
export interface Taken {
  rssMB: number;
  /** Memory that is shared counts for each of those who share it in part. */
  pssMB: number;
  /** Processor time since they began. */
  cpuMs: number;
}

const msPerTick = 1_000 / Number(execFileSync('getconf', ['CLK_TCK']).toString());

/** What a process and all that descend from it take: `app` without PostgreSQL, `all` with it. Linux only. */
export function readProcesses(pid: number): { app: Taken; all: Taken } {
  const family = new Set([pid]);
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  for (let size = 0; size !== family.size; ) {
    size = family.size;
    for (const one of pids) if (family.has(Number(statOf(one)[1]))) family.add(one);
  }
  const members = [...family];
  return { app: sum(members.filter((one) => !/postgres/.test(nameOf(one)))), all: sum(members) };
}

function sum(pids: readonly number[]): Taken {
  const taken = { rssMB: 0, pssMB: 0, cpuMs: 0 };
  for (const pid of pids) {
    const rollup = read(`/proc/${pid}/smaps_rollup`);
    taken.rssMB += kilobytes(rollup, 'Rss') / 1_000;
    taken.pssMB += kilobytes(rollup, 'Pss') / 1_000;
    const stat = statOf(pid);
    taken.cpuMs += (Number(stat[11] ?? 0) + Number(stat[12] ?? 0)) * msPerTick;
  }
  return taken;
}

const kilobytes = (rollup: string, name: string): number =>
  (Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(rollup)?.[1] ?? 0) * 1_024) / 1_000;

/** The fields after the program's name: state, parent, … */
const statOf = (pid: number): string[] => read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];

const nameOf = (pid: number): string => read(`/proc/${pid}/comm`);

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
