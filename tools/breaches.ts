import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '#server/platform/db/embedded/index.ts';
import type { GuardBreach } from './breaches/guard-breach.ts';
import { allBreaches } from './breaches/guards/all-breaches.ts';
import { breakGuard, breakScreens, findBrokenGuards, type Outcome } from './breaches/run-guards.ts';
import { copyTree, type Tree, write } from './breaches/tree.ts';
import { type WallBreach, wallBreaches } from './breaches/wall-breaches.ts';
import { cruiseWalls } from './cruise-walls.ts';

// Breaks each guard once, in copies of the tree, two at a time, and fails when one does not notice.
// What must notice is seen to say nothing on the whole tree first. `--only TEXT`: those whose name has it; `--small`: the
// walls and what keeps workspaces apart and posts from going out twice, for every submission.

const root = path.join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { only: { type: 'string' }, small: { type: 'boolean' } } });
const first = /^(walls|tenancy|strangers|publishing|clock)\b/;
const isMeant = (guard: string) =>
  (values.only === undefined || guard.includes(values.only)) && (!values.small || first.test(guard));
const guards: readonly GuardBreach[] = allBreaches.filter(({ guard }) => isMeant(guard));

const startedAt = performance.now();
const outcomes: Outcome[] = [];
const trees: Tree[] = [];
const dataDir = mkdtempSync(path.join(tmpdir(), 'goalpost-breaches-'));
// One server for all runs of tests: each makes a database of its own there.
const log = { info: () => undefined, warn: console.warn, error: console.error };
const postgres = await startEmbeddedPostgres({ dataDir, durable: false, log });
try {
  const env = { GOALPOST_TEST_DATABASE_URL: postgres.url('postgres', 'postgres') };
  const newTree = (): Tree => {
    const tree = copyTree(root, env);
    trees.push(tree);
    return tree;
  };
  for (const because of await findBrokenGuards(newTree(), guards))
    tell({ guard: 'the whole tree', noticed: false, because });
  const waiting: ((tree: Tree) => Promise<Outcome[]>)[] = [
    ...(isMeant('screens') ? [breakScreens] : []),
    ...(isMeant('walls') ? [(tree: Tree) => breakWalls(tree, wallBreaches)] : []),
    ...guards.map((each) => async (tree: Tree) => [await breakGuard(tree, each)]),
  ];
  const work = async (tree: Tree) => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      for (const outcome of await next(tree)) tell(outcome);
  };
  await Promise.all([work(newTree()), work(newTree())]);
} finally {
  await postgres.stop();
  for (const folder of [dataDir, ...trees.map((tree) => tree.folder)]) rmSync(folder, { recursive: true, force: true });
}
const missed = outcomes.filter(({ noticed }) => !noticed).length;
console.log(`in ${Math.round((performance.now() - startedAt) / 1000)} s`);
console.log(`${outcomes.length - missed} breaches noticed, ${missed} missed`);
process.exitCode = missed === 0 ? 0 : 1;

/** All walls are broken in one tree of their own: every breach is a file of its own, so each is seen by itself. */
async function breakWalls({ env }: Tree, breaches: readonly WallBreach[]): Promise<Outcome[]> {
  const tree = copyTree(root, env);
  trees.push(tree);
  for (const { needs, needsText = 'export const here = 1;\n' } of breaches) {
    if (needs !== undefined && !existsSync(path.join(tree.folder, needs))) write(tree, needs, needsText);
  }
  for (const file of new Set(breaches.map((breach) => breach.file))) {
    const lines = breaches
      .filter((breach) => breach.file === file)
      .map(({ imports }) => `export * from '${imports}';\n`);
    write(tree, file, lines.join(''));
  }
  const { breaches: seen } = await cruiseWalls(tree.folder);
  const told = breaches.map(({ wall, file, imports }) => {
    const name = imports.replace(/^[#.]+\/?|^node:/, '').replace(/^(\.\.\/)+/, '');
    const noticed = seen.some((text) => text.startsWith(`${wall}: ${file} → `) && text.includes(name));
    return { guard: `walls: ${wall}: ${file} → ${imports}`, noticed, because: 'it is let through' };
  });
  const broken = new Set(breaches.map(({ wall }) => wall));
  const unbroken = readWallNames().filter((wall) => !broken.has(wall));
  return [
    ...told,
    ...unbroken.map((wall) => ({ guard: `walls: ${wall}`, noticed: false, because: 'nothing breaks it' })),
  ];
}

function readWallNames(): string[] {
  const walls: { forbidden: { name: string }[] } = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
  return walls.forbidden.map(({ name }) => name);
}

function tell(outcome: Outcome): void {
  outcomes.push(outcome);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  console.log(
    outcome.noticed ? `noticed  ${outcome.guard}` : `MISSED   ${outcome.guard}: ${outcome.because}`,
    `(${seconds} s)`,
  );
}
