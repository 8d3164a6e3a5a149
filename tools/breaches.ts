import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type GuardBreach, guardBreaches } from './breaches/guard-breaches.ts';
import { type WallBreach, wallBreaches } from './breaches/wall-breaches.ts';
import { cruiseWalls } from './cruise-walls.ts';

const root = path.join(import.meta.dirname, '..');
const LEFT_OUT = new Set(['node_modules', '.git', 'data', 'dist', 'coverage']);

/** Breaks each guard once, in a copy of the tree, and fails when one does not notice. */
const copies: string[] = [];
let missed = 0;
let noticed = 0;
try {
  await breakWalls(wallBreaches);
  for (const breach of guardBreaches) await breakGuard(breach);
  console.log(`${noticed} breaches noticed, ${missed} missed`);
  process.exitCode = missed === 0 ? 0 : 1;
} finally {
  for (const copy of copies) rmSync(copy, { recursive: true, force: true });
}

/** All walls are broken in one copy: every breach is a file of its own, so each is seen by itself. */
async function breakWalls(breaches: readonly WallBreach[]): Promise<void> {
  const tree = copyTree();
  for (const { needs, needsText = 'export const here = 1;\n' } of breaches) {
    if (needs !== undefined && !existsSync(path.join(tree, needs))) write(tree, needs, needsText);
  }
  for (const file of new Set(breaches.map((breach) => breach.file))) {
    const lines = breaches
      .filter((breach) => breach.file === file)
      .map(({ imports }) => `export * from '${imports}';\n`);
    write(tree, file, lines.join(''));
  }
  const { breaches: seen } = await cruiseWalls(tree);
  for (const { wall, file, imports } of breaches) {
    const name = imports.replace(/^[#.]+\/?|^node:/, '').replace(/^(\.\.\/)+/, '');
    const isSeen = seen.some((text) => text.startsWith(`${wall}: ${file} → `) && text.includes(name));
    tell(isSeen, `${wall}: ${file} → ${imports}`);
  }
  const broken = new Set(breaches.map(({ wall }) => wall));
  for (const wall of readWallNames()) if (!broken.has(wall)) tell(false, `${wall}: no breach is written for it`);
}

async function breakGuard({ guard, file, change, command }: GuardBreach): Promise<void> {
  const tree = copyTree();
  const place = path.join(tree, file);
  const before = existsSync(place) ? readFileSync(place, 'utf8') : '';
  const after = change(before);
  if (after === before) return tell(false, `${guard}: the breach changes nothing in ${file}`);
  if (!(await passes(command, tree)) && existsSync(place))
    return tell(false, `${guard}: it fails on the whole tree already`);
  write(tree, file, after);
  tell(!(await passes(command, tree)), `${guard}: ${file}`);
}

function copyTree(): string {
  const tree = mkdtempSync(path.join(tmpdir(), 'goalpost-breach-'));
  copies.push(tree);
  cpSync(root, tree, {
    recursive: true,
    filter: (source) => !LEFT_OUT.has(path.relative(root, source).split(path.sep).at(-1) ?? ''),
  });
  symlinkSync(path.join(root, 'node_modules'), path.join(tree, 'node_modules'));
  return tree;
}

function write(tree: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
  writeFileSync(path.join(tree, file), text);
}

function readWallNames(): string[] {
  const walls: { forbidden: { name: string }[] } = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
  return walls.forbidden.map(({ name }) => name);
}

function passes([program = '', ...args]: readonly string[], tree: string): Promise<boolean> {
  const bin = path.join(tree, 'node_modules/.bin');
  const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}` };
  return new Promise((resolve) => {
    execFile(program, args, { cwd: tree, env, maxBuffer: 64 * 1024 * 1024 }, (error) => resolve(error === null));
  });
}

function tell(isNoticed: boolean, what: string): void {
  if (isNoticed) noticed += 1;
  else missed += 1;
  console.log(`${isNoticed ? 'noticed' : 'MISSED '}  ${what}`);
}
