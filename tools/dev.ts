import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');

/** Runs the server and the build of the interface, each again when its sources change. */
const children = [
  start(['--watch', 'src/server/entry/main.ts', ...process.argv.slice(2)]),
  start(['node_modules/vite/bin/vite.js', 'build', '--watch']),
];
const stop = (): void => {
  for (const child of children) child.kill('SIGTERM');
};
process.on('SIGINT', stop).on('SIGTERM', stop);

function start(args: string[]): ChildProcess {
  return spawn(process.execPath, args, { cwd: root, stdio: 'inherit' }).on('exit', stop);
}
