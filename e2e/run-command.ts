import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

/** What a program left behind. */
export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** A person's own machine, as far as the command line knows it: a home of its own and a folder to stand in. */
export interface Desk {
  folder: string;
  /** Runs `goalpost` with these words. */
  run(words: readonly string[], options?: { stdin?: string; env?: Record<string, string> }): Promise<Ran>;
  /** The same with `--json`; gives the answer, and fails with what was said when it was refused. */
  ask<T = Record<string, unknown>>(words: readonly string[], options?: { stdin?: string }): Promise<T>;
  /** Runs a shell script where the person stands; `goalpost` is a command there. Its steps are told in `err`. */
  runShell(script: string): Promise<Ran>;
  remove(): void;
}

/** A script waits for a minute to begin, and for its post to go out. */
const RUN_AT_MOST_MS = 240_000;
const program = path.join(import.meta.dirname, '../src/cli/main.ts');

/** Makes a desk; `env` is set for whatever runs at it. */
export function makeDesk(env: Record<string, string>): Desk {
  const folder = mkdtempSync(path.join(tmpdir(), 'goalpost-desk-'));
  const all = { PATH: process.env['PATH'], HOME: folder, LANG: 'en_GB.UTF-8', ...env };
  const start = (file: string, args: readonly string[], stdin: string, more: Record<string, string>): Promise<Ran> => {
    const child = spawn(file, args, { cwd: folder, env: { ...all, ...more }, stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin.end(stdin);
    const tooLong = setTimeout(() => child.kill(), RUN_AT_MOST_MS);
    const ended = new Promise<number>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve(code ?? -1));
    }).finally(() => clearTimeout(tooLong));
    return Promise.all([ended, text(child.stdout), text(child.stderr)]).then(([code, out, err]) => ({
      code,
      out,
      err,
    }));
  };
  const run: Desk['run'] = (words, { stdin = '', env: more = {} } = {}) =>
    start(process.execPath, [program, ...words], stdin, more);
  return {
    folder,
    run,
    async ask<T>(words: readonly string[], options: { stdin?: string } = {}) {
      const { code, out, err } = await run([...words, '--json'], options);
      if (code !== 0) throw new Error(`goalpost ${words.join(' ')} ended with ${code}: ${err}`);
      return JSON.parse(out) as T;
    },
    runShell: (script) =>
      start(
        'bash',
        ['-euxo', 'pipefail', '-c', `goalpost() { '${process.execPath}' '${program}' "$@"; }\n${script}`],
        '',
        {},
      ),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
