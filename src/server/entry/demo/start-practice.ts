import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { z } from 'zod';
import type { PracticeControl } from '#server/platform/config/index.ts';

const program = path.join(import.meta.dirname, '../../../practice/main.ts');
const Ready = z.object({ url: z.string(), controlSecret: z.string() });
const START_PATIENCE_MS = 30_000;

/** A practice network in a process of its own. */
export interface PracticeProcess extends PracticeControl {
  /** Resolves when the process has ended, wanted or not. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the practice network as a child of this process, which it never survives: it ends when the channel to us
 * closes, also when we are killed. Rejects with its own words when it cannot start.
 */
export async function startPractice({ folder, port }: { folder: string; port: number }): Promise<PracticeProcess> {
  const child = fork(program, ['--port', String(port), '--folder', folder], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // A group of its own: Ctrl-C in a terminal must reach us alone, who end it after our last call to it.
    detached: true,
  });
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints = `${complaints}${chunk.toString()}`.slice(-2_000);
  });
  const ended = once(child, 'exit').then(() => undefined);
  const isGone = () => child.exitCode !== null || child.signalCode !== null;
  const message = once(child, 'message', { signal: AbortSignal.timeout(START_PATIENCE_MS) });
  message.catch(() => undefined);
  const first = await Promise.race([message, ended.then(() => null)]);
  if (!first) throw new Error(`The practice network did not start: ${complaints.trim()}`);
  const { url, controlSecret } = Ready.parse(first[0]);
  return {
    url,
    secret: controlSecret,
    ended,
    async stop() {
      if (!isGone()) child.kill('SIGTERM');
      await ended;
    },
  };
}
