import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Replaces the shell by a program that is told nothing of our settings and keys. */
const bare = 'exec env -i PATH="$PATH"';

export interface ProgramRun {
  ok: boolean;
  /** The last lines of what it complained of. */
  said: string;
}

/**
 * Runs a program of the machine on files of ours: nothing of our environment, no more memory and time than it is given,
 * ended with the signal. Never throws.
 */
export function runProgram(
  path: string,
  args: readonly string[],
  options: { timeoutMs: number; maxBytes: number; signal?: AbortSignal; onLine?: (line: string) => void },
): Promise<ProgramRun> {
  const { timeoutMs, maxBytes, signal, onLine } = options;
  const ends = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
  // A shell knows how to limit memory; Windows has none of it.
  const [command, rest] =
    process.platform === 'win32'
      ? [path, args]
      : ['/bin/sh', ['-c', `ulimit -v ${Math.floor(maxBytes / 1024)}; ${bare} nice -n 10 "$0" "$@"`, path, ...args]];
  return new Promise((resolve) => {
    const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'], signal: ends, killSignal: 'SIGKILL' });
    const complaints: string[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => onLine?.(line));
    createInterface({ input: child.stderr }).on('line', (line) => {
      complaints.push(line);
      if (complaints.length > 5) complaints.shift();
    });
    child.once('error', (error) => resolve({ ok: false, said: error.message }));
    child.once('close', (status) => resolve({ ok: status === 0, said: complaints.join('\n') }));
  });
}
