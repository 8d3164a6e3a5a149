import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { jobDefinitions } from '#server/entry/compose.ts';
import type { JobDefinition } from '#server/platform/context/index.ts';
import { assertDeclarable } from '#server/platform/jobs/assert-declarable.ts';
import { createJobs } from '#server/platform/jobs/index.ts';
import { createLog } from '#server/platform/log/index.ts';
import { useServer } from './server.ts';

const home = path.join(import.meta.dirname, '..');
const server = useServer();
const job = (name: string, cron?: string): JobDefinition<never> => ({
  name,
  ...(cron === undefined ? {} : { cron }),
  run: async () => undefined,
});

describe('a job', () => {
  test('is declared under the name noun.verb, once, with a verb', () => {
    for (const name of ['send', 'mail.', 'Mail.send', 'mail send', 'mail.send.now'])
      expect(() => assertDeclarable(job(name), new Map())).toThrow('is no name');
    expect(() => assertDeclarable(job('mail.send'), new Map([['mail.send', 1]]))).toThrow('two jobs');
    expect(() => assertDeclarable({ name: 'mail.send', run: undefined as never }, new Map())).toThrow('has no verb');
  });

  test.each([
    '* * * *',
    '* * * * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '*/0 * * * *',
    '5-3 * * * *',
    '@daily',
    'a * * * *',
  ])('with the cron %s is refused at start', (cron) => {
    expect(() => assertDeclarable(job('mail.send', cron), new Map())).toThrow('cron');
  });

  test.each(['* * * * *', '*/5 * * * *', '20 3 * * *', '0 0 1,15 * 1-5', '10-50/20 4 * * 7'])(
    'with the cron %s is taken',
    (cron) => {
      expect(() => assertDeclarable(job('mail.send', cron), new Map())).not.toThrow();
    },
  );

  test('of the product can be declared, each one that is written anywhere', () => {
    const known = new Map<string, unknown>();
    for (const definition of jobDefinitions) {
      assertDeclarable(definition, known);
      known.set(definition.name, definition);
    }
    const written = globSync('src/server/**/*.ts', { cwd: home })
      .filter((file) => !/\.test\.ts$/.test(file))
      .map((file) => readFileSync(path.join(home, file), 'utf8'))
      .filter((text) => /\bJobDefinition\b/.test(text))
      .flatMap((text) => [...text.matchAll(/^ {2}name: '([^']+)'/gm)].map(([, name]) => name));
    expect([...known.keys()].sort()).toEqual([...new Set(written)].sort());
    expect(known.size).toBeGreaterThan(5);
  });

  test('that was not declared is not enqueued', async () => {
    const { db, jobs } = server.house;
    const enqueue = db.outside((tx) => jobs.enqueue(tx, job('bread.bake'), {} as never));
    await expect(enqueue).rejects.toThrow('was not declared');
  });

  test('of another version that waits is told of at start, and no longer comes by itself', async () => {
    const { db } = server.house;
    await db.pool.query(`SELECT pgboss.create_queue('bread.bake', '{"policy":"standard"}')`);
    await db.pool.query(`INSERT INTO pgboss.job (name) VALUES ('bread.bake')`);
    await db.pool.query(
      `INSERT INTO pgboss.schedule (name, key, cron, timezone) VALUES ('bread.bake', '', '* * * * *', 'UTC')`,
    );
    const lines: string[] = [];
    const log = createLog({ level: 'info', to: { write: (line) => void lines.push(line) } });
    const jobs = createJobs({ db, log });
    await jobs.start(server.house, jobDefinitions, { work: false });
    await jobs.stop(1_000);
    expect(lines.join('')).toMatch(/"queue":"bread\.bake","count":1.*jobs wait that nothing here runs/);
    const { rows } = await db.pool.query(`SELECT name FROM pgboss.schedule WHERE name = 'bread.bake'`);
    expect(rows).toHaveLength(0);
  });

  test('runs so many of its kind at once as it says', async () => {
    const { db } = server.house;
    const log = createLog({ level: 'info', to: { write: () => undefined } });
    let running = 0;
    let goOn = () => {};
    const all = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const knead: JobDefinition<object> = {
      name: 'bread.knead',
      atOnce: 3,
      run: () => {
        running += 1;
        return all;
      },
    };
    const jobs = createJobs({ db, log });
    await jobs.start(server.house, [knead] as JobDefinition<never>[], { work: true });
    try {
      await db.outside(async (tx) => {
        for (let count = 0; count < 4; count += 1) await jobs.enqueue(tx, knead, {});
      });
      await expect.poll(() => running, { timeout: 8_000 }).toBe(3);
    } finally {
      goOn();
      await jobs.stop(3_000);
    }
  }, 20_000);

  test('is done at once after the one before it: no rest lies between those that wait', async () => {
    const { db } = server.house;
    const log = createLog({ level: 'info', to: { write: () => undefined } });
    const times: number[] = [];
    const slice: JobDefinition<object> = {
      name: 'bread.slice',
      run: async () => {
        times.push(performance.now());
      },
    };
    const jobs = createJobs({ db, log });
    await jobs.start(server.house, [slice] as JobDefinition<never>[], { work: true });
    try {
      await db.outside(async (tx) => {
        for (let count = 0; count < 8; count += 1) await jobs.enqueue(tx, slice, {});
      });
      await expect.poll(() => times.length, { timeout: 20_000 }).toBe(8);
    } finally {
      await jobs.stop(3_000);
    }
    const gaps = times.slice(1).map((time, nth) => time - (times[nth] ?? 0));
    // Asked every two seconds; the least of the gaps is that of a machine that had nothing else to do.
    expect(Math.min(...gaps)).toBeLessThan(1_000);
  }, 30_000);

  test('that yields waits while there is something more urgent, and goes on when that is over', async () => {
    const { db } = server.house;
    const log = createLog({ level: 'info', to: { write: () => undefined } });
    const done: string[] = [];
    const note = (name: string, yields: boolean): JobDefinition<object> => ({
      name,
      yields,
      run: async () => {
        done.push(name);
      },
    });
    const definitions = [note('bread.count', true), note('bread.sell', false)];
    let isBusy = true;
    const jobs = createJobs({ db, log });
    await jobs.start(server.house, definitions as JobDefinition<never>[], { work: true, isBusy: () => isBusy });
    try {
      await db.outside(async (tx) => {
        for (const definition of definitions) await jobs.enqueue(tx, definition, {});
      });
      await expect.poll(() => done, { timeout: 8_000 }).toEqual(['bread.sell']);
      // As long as it takes until it was asked for in any case.
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      expect(done).toEqual(['bread.sell']);
      isBusy = false;
      await expect.poll(() => done, { timeout: 8_000 }).toEqual(['bread.sell', 'bread.count']);
    } finally {
      await jobs.stop(3_000);
    }
  }, 30_000);
});
