import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Command, GuardBreach, NamedTest } from './guard-breach.ts';
import { screen, screenBreaches } from './guards/tree.ts';
import { restore, run, type Tree, write } from './tree.ts';

/** What became of one breach. */
export interface Outcome {
  guard: string;
  noticed: boolean;
  /** Why not, or by what. */
  because: string;
}

const COMMAND_LIMIT_MS = 150_000;
const SCREENS_LIMIT_MS = 300_000;

/** Breaks one guard in the tree, sees what its test or command says, and mends the tree. */
export async function breakGuard(tree: Tree, { guard, file, change, notices }: GuardBreach): Promise<Outcome> {
  const place = path.join(tree.folder, file);
  const before = existsSync(place) ? readFileSync(place, 'utf8') : null;
  const after = change(before ?? '');
  if (after === before) return { guard, noticed: false, because: `the breach changes nothing in ${file}` };
  write(tree, file, after);
  try {
    const { noticed, because } = 'test' in notices ? await runTest(tree, notices) : await runCommand(tree, notices);
    return { guard, noticed, because };
  } finally {
    restore(tree, file, before);
  }
}

/** Breaks the screens, all ways at once, builds the interface from that, and looks for each way in what is told. */
export async function breakScreens(tree: Tree): Promise<Outcome[]> {
  const before = readFileSync(path.join(tree.folder, screen.file), 'utf8');
  write(tree, screen.file, screen.change(before));
  try {
    const built = await run(tree, ['node', 'tools/build-web.ts'], { limitMs: SCREENS_LIMIT_MS });
    if (built.code !== 0) throw new Error(`The broken interface cannot be built:\n${built.output}`);
    const words = ['vitest', 'run', '--project', 'e2e', screen.test, '-t', screen.name];
    const { code, output } = await run(tree, words, { limitMs: SCREENS_LIMIT_MS });
    return screenBreaches.map(({ guard, told }) => {
      const noticed = code !== 0 && told.test(output);
      return { guard, noticed, because: noticed ? screen.test : output.slice(-2_000) };
    });
  } finally {
    restore(tree, screen.file, before);
  }
}

/** Sees that what must notice breaches says nothing on the whole tree; returns what does not pass. */
export async function findBrokenGuards(tree: Tree, breaches: readonly GuardBreach[]): Promise<string[]> {
  const tests = breaches.flatMap(({ notices }) => ('test' in notices ? [notices] : []));
  const commands = breaches.flatMap(({ file, notices }) =>
    'test' in notices || !existsSync(path.join(tree.folder, file)) ? [] : [notices.command],
  );
  const broken: string[] = [];
  for (const command of new Map(commands.map((words) => [words.join(' '), words])).values()) {
    const { code, output } = await run(tree, command, { limitMs: COMMAND_LIMIT_MS });
    if (code !== 0) broken.push(`${command.join(' ')} fails on the whole tree:\n${output.slice(-2_000)}`);
  }
  const names = [...new Set(tests.flatMap(namesOf))];
  const report = await runVitest(tree, [...new Set(tests.map(({ test }) => test))], names, 600_000);
  for (const { test, name } of tests) {
    const found = report?.filter((it) => it.file.endsWith(test) && it.name.includes(name)) ?? [];
    if (found.length === 0 || !found.every(({ status }) => status === 'passed'))
      broken.push(`${test}: “${name}” ${found.length === 0 ? 'is not there' : 'fails on the whole tree'}`);
  }
  return broken;
}

async function runCommand(tree: Tree, { command }: Command): Promise<{ noticed: boolean; because: string }> {
  const { code, isCut } = await run(tree, command, { limitMs: COMMAND_LIMIT_MS });
  if (isCut) return { noticed: false, because: `${command.join(' ')} did not come to an end` };
  return { noticed: code !== 0, because: command.join(' ') };
}

/** Only a failure of the named test counts: neither one of another, nor a file that could not be read. */
async function runTest(tree: Tree, notices: NamedTest): Promise<{ noticed: boolean; because: string }> {
  const { test, name } = notices;
  const report = await runVitest(tree, [test], namesOf(notices), COMMAND_LIMIT_MS);
  const found = report?.filter((it) => it.name.includes(name)) ?? [];
  if (found.some(({ status }) => status === 'failed')) return { noticed: true, because: `${test}: ${name}` };
  const what = report === null ? 'gave no report' : found.length === 0 ? 'has no such test' : 'does not fail';
  return { noticed: false, because: `${test} ${what}: ${name} (${found.map(({ status }) => status).join(', ')})` };
}

const namesOf = ({ name, after }: NamedTest): string[] => (after === undefined ? [name] : [after, name]);

interface ReportedTest {
  file: string;
  name: string;
  status: string;
}

async function runVitest(
  tree: Tree,
  files: readonly string[],
  names: readonly string[],
  limitMs: number,
): Promise<ReportedTest[] | null> {
  const report = path.join(tree.folder, 'breach-report.json');
  rmSync(report, { force: true });
  // Vitest sets ` > ` between a group and its test where its report has a blank.
  const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '(?: > | )'));
  const pattern = escaped.join('|');
  const reporters = ['--reporter=json', `--outputFile.json=${report}`];
  const words = ['vitest', 'run', '--project', 'unit', ...files, '-t', pattern, '--maxWorkers=2', ...reporters];
  await run(tree, words, { limitMs });
  if (!existsSync(report)) return null;
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { name: string; assertionResults: { fullName: string; status: string }[] }[];
  };
  return testResults.flatMap(({ name: file, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'passed' || status === 'failed')
      .map(({ fullName, status }) => ({ file, name: fullName, status })),
  );
}
