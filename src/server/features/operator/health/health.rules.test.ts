import { describe, expect, it } from 'vitest';
import { type DatabaseSigns, findReasons, isReady, type Signs } from './health.rules.ts';

const MINUTE_MS = 60_000;
const well: DatabaseSigns = {
  readOnly: false,
  schemaStep: '0009-analytics.sql',
  workers: 1,
  overdue: 0,
  detectorAgeMs: 12_000,
  factsWaitMs: 900,
  jobsWaitMs: 1_500,
  jobsIdleMs: 20_000,
};
const signs: Signs = {
  database: well,
  ownSchemaStep: '0009-analytics.sql',
  diskFreeMb: 5_000,
  mediaAway: false,
  stalledMs: 0,
};
const reasons = (change: Partial<DatabaseSigns>) => findReasons({ ...signs, database: { ...well, ...change } });

describe('health', () => {
  it('finds nothing wrong with what is well, and with what has nothing to do', () => {
    expect(findReasons(signs)).toEqual([]);
    expect(reasons({ factsWaitMs: null, jobsWaitMs: null, jobsIdleMs: null })).toEqual([]);
    expect(findReasons({ ...signs, diskFreeMb: null })).toEqual([]);
  });

  it('names each thing that is wrong', () => {
    expect(findReasons({ ...signs, database: null })).toEqual(['database-not-reached']);
    expect(findReasons({ ...signs, mediaAway: true })).toEqual(['media-away']);
    expect(reasons({ readOnly: true })).toEqual(['database-read-only']);
    expect(reasons({ workers: 0 })).toEqual(['no-worker']);
    expect(reasons({ overdue: 3 })).toEqual(['posts-overdue']);
    expect(reasons({ detectorAgeMs: 61_000 })).toEqual(['detector-late']);
    expect(reasons({ factsWaitMs: 61_000 })).toEqual(['facts-waiting']);
    expect(findReasons({ ...signs, diskFreeMb: 199 })).toEqual(['disk-nearly-full']);
    expect(findReasons({ ...signs, stalledMs: 8_000 })).toEqual(['process-stalled']);
    expect(reasons({ workers: 0, overdue: 1 })).toEqual(['no-worker', 'posts-overdue']);
  });

  it('does not believe a detector that looked in the future: the clock went back, and nobody has looked since', () => {
    expect(reasons({ detectorAgeMs: -60 * MINUTE_MS })).toEqual(['detector-late']);
    expect(reasons({ detectorAgeMs: -200 })).toEqual([]);
  });

  it('takes a long line of jobs for what it is while some begin, and for a standstill when none does', () => {
    expect(reasons({ jobsWaitMs: 20 * MINUTE_MS, jobsIdleMs: 3_000 })).toEqual([]);
    expect(reasons({ jobsWaitMs: 20 * MINUTE_MS, jobsIdleMs: 20 * MINUTE_MS })).toEqual(['jobs-waiting']);
    expect(reasons({ jobsWaitMs: 20 * MINUTE_MS, jobsIdleMs: null })).toEqual(['jobs-waiting']);
  });

  it('sees a database that was put back to an older schema, and leaves a newer one alone', () => {
    expect(reasons({ schemaStep: '0008-page.sql' })).toEqual(['migrations-missing']);
    expect(reasons({ schemaStep: null })).toEqual(['migrations-missing']);
    expect(reasons({ schemaStep: '0010-people.sql' })).toEqual([]);
  });

  it('keeps calls away only from what cannot answer them', () => {
    expect(isReady(reasons({ workers: 0, overdue: 9, detectorAgeMs: MINUTE_MS * 9 }))).toBe(true);
    expect(isReady(findReasons({ ...signs, diskFreeMb: 1, stalledMs: 60_000 }))).toBe(true);
    for (const database of [null, { ...well, readOnly: true }, { ...well, schemaStep: null }])
      expect(isReady(findReasons({ ...signs, database }))).toBe(false);
  });
});
