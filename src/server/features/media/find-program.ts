import { execFile } from 'node:child_process';

/** Where the machine has a program, by the names it goes under; null when it has none. Looks anew each time. */
export async function findProgram(...names: readonly string[]): Promise<string | null> {
  for (const name of names) {
    const path = await look(name);
    if (path !== null) return path;
  }
  return null;
}

function look(name: string): Promise<string | null> {
  const [command, args] =
    process.platform === 'win32' ? ['where', [name]] : ['/bin/sh', ['-c', 'command -v "$1"', 'sh', name]];
  return new Promise((resolve) => {
    execFile(command, args, (error, stdout) => resolve(error ? null : (stdout.split(/\r?\n/)[0] ?? null) || null));
  });
}
