import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A copy of the tree, to be broken. */
export interface Tree {
  folder: string;
  /** Settings of what is run in it. */
  env: Record<string, string>;
}

const LEFT_OUT = new Set(['node_modules', '.git', 'data', 'dist', 'coverage']);

/** Copies the tree without what is made from it; packages are shared. */
export function copyTree(root: string, env: Record<string, string>): Tree {
  const folder = mkdtempSync(path.join(tmpdir(), 'goalpost-breach-'));
  cpSync(root, folder, {
    recursive: true,
    filter: (source) => !LEFT_OUT.has(path.relative(root, source).split(path.sep).at(-1) ?? ''),
  });
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  return { folder, env };
}

/** Writes a file of the tree. */
export function write({ folder }: Tree, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

/** Puts a file back as it was; null: it was not there. */
export function restore(tree: Tree, file: string, before: string | null): void {
  if (before === null) rmSync(path.join(tree.folder, file), { force: true });
  else write(tree, file, before);
}

/** Runs a program in the tree, with all that it started ended after its time. */
export function run(
  { folder, env }: Tree,
  [program = '', ...args]: readonly string[],
  { limitMs }: { limitMs: number },
): Promise<{ code: number | null; output: string; isCut: boolean }> {
  const bin = path.join(folder, 'node_modules/.bin');
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, ...env, PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}` },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  let isCut = false;
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const endAll = () => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  const limit = setTimeout(() => {
    isCut = true;
    endAll();
  }, limitMs);
  process.once('exit', endAll);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(limit);
      process.off('exit', endAll);
      resolve({ code, output, isCut });
    });
  });
}
