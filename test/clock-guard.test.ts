import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const home = path.join(import.meta.dirname, '..');

/** Where SQL may ask the server's own clock, because nothing is due by it, and why. */
const mayAsk: Record<string, string> = {
  'migrations/0001-foundation.sql': 'clock.now() itself',
  'migrations/0002-auth.sql': 'sign-in: lives are told to the sign-in library in real time',
  'migrations/0004-jobs.sql': 'the job engine’s own defaults; what is due is asked of pgboss.job_now(), which is ours',
  'migrations/0010-people.sql': 'sign-in',
  'src/server/platform/auth': 'sign-in',
  'src/server/platform/db/migrate.ts': 'a note of when a migration was applied',
  'src/server/platform/http/idempotency-store.ts': 'how long an answer is kept',
  'src/server/features/notices/push/device-store.ts': 'whether the session of a device still lives: sign-in',
  'src/server/features/operator/operator-store.ts': 'compares the server’s clock with ours',
  'src/server/entry/demo/clock-store.ts': 'clock.now() itself, in the database of a demo’s café and in no other',
};

const asksTheServer =
  /(?<!clock)(?<![\w.])(pg_catalog\.)?(now|clock_timestamp|statement_timestamp|transaction_timestamp)\(\)|\b(current_timestamp|current_date|current_time|localtimestamp|localtime)\b/i;

const files = [
  ...globSync('migrations/**/*.sql', { cwd: home }),
  ...globSync('src/server/**/*.ts', { cwd: home }).filter((file) => !/\.test\.ts$|\/testing(\.ts|\/)/.test(file)),
]
  .map((file) => file.replaceAll('\\', '/'))
  .sort();

/** What a file says in SQL: all of a migration, the texts of a store. */
function sqlOf(file: string): string {
  const text = readFileSync(path.join(home, file), 'utf8');
  if (file.endsWith('.sql')) return text.replace(/--.*$/gm, '');
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const texts = [...code.matchAll(/`(?:\\.|[^`\\])*`|'(?:\\.|[^'\\\n])*'/g)].map(([each]) => each);
  return texts.map((each) => each.replace(/\$\{[^}]*\}/g, '')).join('\n');
}

test('what is due is asked of clock.now() and of no other clock', () => {
  const found = files.filter((file) => asksTheServer.test(sqlOf(file)));
  const allowed = (file: string) => Object.keys(mayAsk).some((place) => file === place || file.startsWith(`${place}/`));
  expect(found.filter((file) => !allowed(file))).toEqual([]);
  // Whoever no longer asks needs no leave.
  expect(Object.keys(mayAsk).filter((place) => !found.some((file) => file.startsWith(place)))).toEqual([]);
});

test('the guard sees every way to ask', () => {
  const ways = [
    'now()',
    'pg_catalog.now()',
    'CURRENT_DATE',
    'current_timestamp',
    'clock_timestamp()',
    'LOCALTIMESTAMP',
  ];
  for (const way of ways) expect(asksTheServer.test(`WHERE due_at < ${way}`), way).toBe(true);
  expect(asksTheServer.test('WHERE due_at < clock.now()')).toBe(false);
});
