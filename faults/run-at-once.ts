import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { killTree } from '../e2e/processes.ts';
import type { Fault, FaultResult } from './fault.ts';
import { addTallies } from './judge.ts';
import type { Size } from './stage.ts';

/** Faults that are run side by side: they mostly wait. Over an hour lateness is looked at, so it has the machine to itself. */
const AT_ONCE: Record<Size, number> = { small: 4, whole: 4, soak: 1 };
/** Then it is given up, with everything that it started. */
const LONGEST_MS: Record<Size, number> = { small: 300_000, whole: 1_080_000, soak: 4_500_000 };

/** Runs faults, each in a process and a folder of its own, and returns their results in the order of the faults. */
export async function runAtOnce(
  faults: readonly Fault[],
  { size, say }: { size: Size; say(line: string): void },
): Promise<FaultResult[]> {
  const results = new Map<string, FaultResult>();
  const waiting = [...faults].sort((one, other) => (other.weight ?? 1) - (one.weight ?? 1));
  const hand = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      say(`${next.name}: ${next.about}`);
      const result = await runApart(next, { size, say });
      results.set(next.name, result);
      const { complaints, ...figures } = result;
      say(`${next.name}: ${JSON.stringify(figures)}`);
      for (const complaint of complaints.slice(0, 20)) say(`${next.name}: ! ${complaint}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE[size] }, hand));
  return faults.flatMap(({ name }) => results.get(name) ?? []);
}

async function runApart(
  { name, about }: Fault,
  { size, say }: { size: Size; say(line: string): void },
): Promise<FaultResult> {
  const folder = mkdtempSync(path.join(tmpdir(), `goalpost-fault-${name.toLowerCase()}-`));
  // PostgreSQL works there under another account.
  chmodSync(folder, 0o755);
  const child = fork(path.join(import.meta.dirname, 'run-process.ts'), [name, size], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let result: FaultResult | null = null;
  child.on('message', (message: { say: string } | { result: FaultResult }) => {
    if ('say' in message) say(`${name}: ${message.say}`);
    else result = message.result;
  });
  const tooLong = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS[size]);
  const [code, signal] = await once(child, 'exit');
  clearTimeout(tooLong);
  killTree(child.pid ?? 0, folder);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  return result ?? { name, about, ...addTallies([]), seconds: 0, complaints: [`ended with ${signal ?? code}`] };
}
