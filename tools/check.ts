import { spawn } from 'node:child_process';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');

/** What `npm run check` holds, each by a command. */
const CHECKS: Readonly<Record<string, readonly string[]>> = {
  'format and lint': ['biome', 'check', '--error-on-warnings', '--colors=off', '--max-diagnostics=50'],
  types: ['tsc', '--project', '.', '--pretty', 'false'],
  walls: ['node', 'tools/check-walls.ts'],
  'dead code': ['knip', '--no-progress'],
  translations: ['node', 'tools/check-texts.ts'],
  'lock file': ['node', 'tools/complete-lock.mjs', '--check'],
};

type Outcome = { readonly name: string; readonly passed: boolean; readonly output: string };

const startedAt = performance.now();
const outcomes = await Promise.all(Object.entries(CHECKS).map(([name, command]) => runCheck(name, command)));
const failed = outcomes.filter(({ passed }) => !passed);
for (const { name, output } of failed) process.stdout.write(`\n── ${name} ──\n${output.trim()}\n`);
process.stdout.write(
  `\n${outcomes.length - failed.length} checks passed, ${failed.length} failed, in ${secondsSince(startedAt)} s\n`,
);
process.exitCode = failed.length === 0 ? 0 : 1;

function runCheck(name: string, [program = '', ...args]: readonly string[]): Promise<Outcome> {
  const checkStartedAt = performance.now();
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(program, args, {
      cwd: root,
      env: {
        ...process.env,
        PATH: `${path.join(root, 'node_modules/.bin')}${path.delimiter}${process.env['PATH'] ?? ''}`,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const end = (passed: boolean): void => {
      process.stdout.write(`${passed ? 'ok    ' : 'FAILED'}  ${name} (${secondsSince(checkStartedAt)} s)\n`);
      resolve({ name, passed, output });
    };
    child.on('error', (error) => {
      output += error.message;
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });
}

function secondsSince(instant: number): string {
  return ((performance.now() - instant) / 1000).toFixed(1);
}
