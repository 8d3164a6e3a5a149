import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { hasDebianPostgres } from './test/servers/debian-postgres/index.ts';

const units = ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts', 'tools/**/*.test.ts', 'faults/**/*.test.ts'];

const asksDatabase = /\b(useDatabase|useServer)\(/;

/** What the slices' own harnesses are called that stand on a database. */
const harnesses = globSync('src/**/testing.ts')
  .map((file) => readFileSync(file, 'utf8'))
  .filter((text) => asksDatabase.test(text))
  .flatMap((text) => [...text.matchAll(/export function (use\w+)\(/g)].map(([, name]) => name));
const asksHarness = new RegExp(`\\b(${['useDatabase', 'useServer', ...harnesses].join('|')})\\(`);

/**
 * One database is ground enough for them: their subject is the way out, other people's servers, time or load, and all that
 * they ask of a database others ask of both, but for a few questions that differ in which columns they name.
 */
const onAnyDatabase = [
  '**/*.network.test.ts',
  '**/same-answer.test.ts',
  'test/{egress,fetchers,headers,http,limits,metrics,s3,sign-in-limits,websub}.test.ts',
  'src/cli/run-cli.test.ts',
  'src/server/entry/demo/demo.test.ts',
  'src/server/features/analytics/{absences,fetch-channel,get-progress}.test.ts',
  'src/server/features/channels/limits/heed-limits.test.ts',
  'src/server/features/page/public/counted-links.test.ts',
  'src/server/features/publishing/{first-comment,publishing,unknown-outcome}.test.ts',
  'src/server/features/publishing/after-restore/look-back.test.ts',
  'src/server/features/publishing/deliveries/{afterwards,finish-asked}.test.ts',
  'src/server/features/publishing/engine/{clock-jumps,clock-watch,worker-under-pressure}.test.ts',
  'src/server/features/publishing/posts/move-post.test.ts',
  'src/server/features/publishing/quota/quota.test.ts',
  'src/server/features/team/sessions/sessions.test.ts',
  'src/server/features/today/today.test.ts',
  'src/server/platform/auth/{link-origin,passwords}.test.ts',
  'src/server/platform/http/{body-limits,live,plain-and-secure}.test.ts',
];

/** The tests that ask a database: they run on the embedded one and, where it is, on Debian's PostgreSQL 15. */
const onDatabase = globSync(units, {
  exclude: ['**/node_modules/**', 'test/servers/**', ...onAnyDatabase],
}).filter((file) => asksHarness.test(readFileSync(file, 'utf8')));

/** Journeys that take minutes, most of them waiting for leases to run out: begun last they would run alone. */
const longest = ['crash-points', 'demo', 'crawl', 'screens', 'the-loop-doc'];
const rank = ({ moduleId }: TestSpecification): number =>
  (longest.indexOf(path.basename(moduleId, '.test.ts')) + longest.length + 1) % (longest.length + 1);

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    hookTimeout: 120_000,
    testTimeout: 60_000,
    // Processes, not threads: a killed test must take the servers down that it started.
    pool: 'forks',
    // Tests wait for databases and servers about as long as they compute.
    maxWorkers: 3,
    setupFiles: ['test/fail-on-console.ts', 'test/cheap-passwords.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: units,
          exclude: ['**/node_modules/**', 'test/servers/**'],
          globalSetup: ['test/global-setup.ts'],
        },
      },
      ...(hasDebianPostgres() && onDatabase.length > 0
        ? [
            {
              extends: true as const,
              test: { name: 'debian', include: onDatabase, globalSetup: ['test/global-setup.ts'] },
            },
          ]
        : []),
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          // Each file has an installation of its own and mostly waits.
          maxWorkers: 3,
          hookTimeout: 300_000,
          testTimeout: 180_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
