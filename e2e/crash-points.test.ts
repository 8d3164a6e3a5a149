import { describe, it } from 'vitest';
import { crashPoints } from '#server/features/publishing/index.ts';
import { crashAtPoints } from '../faults/f1-crash-points.ts';
import type { Fault } from '../faults/fault.ts';
import { openBlueskyAccount } from '../faults/network-account.ts';
import { runFault } from '../faults/run-fault.ts';

/** Deaths after which the outcome is known, is not known and nothing went out, is not known and it is out. */
const quick = ['prepared', 'armed', 'sent', 'looked'] as const;

const REST_MS = 150_000;

/** All points on all networks are `npm run faults -- --only F1`; these are the ones that differ most. */
const few: Pick<Fault, 'about' | 'run'>[] = [
  {
    about: 'both kinds of practice account',
    async run(stage) {
      const accounts = await stage.openAccounts('crash', 4);
      await crashAtPoints(stage, { database: 'practice', points: quick, accounts, perPoint: 4 });
      await stage.untilAtRest(REST_MS);
    },
  },
  {
    about: 'a real Bluesky server',
    async run(stage) {
      const bluesky = await stage.openBluesky();
      const accounts = [await openBlueskyAccount(bluesky, 'anna'), await openBlueskyAccount(bluesky, 'benno')];
      await crashAtPoints(stage, { database: 'bluesky', points: ['armed', 'sent'], accounts, perPoint: 2 });
      await stage.untilAtRest(REST_MS);
    },
  },
];

describe.concurrent('kill -9 in the middle of a publish', { timeout: 300_000 }, () => {
  it.for(few)('on $about: each post is there once and the ledger agrees', async ({ about, run }, { expect }) => {
    const result = await runFault({ name: 'F1', about, run }, { size: 'small', say: () => undefined });
    expect(result.complaints).toEqual([]);
    expect(result).toMatchObject({ published: result.scheduled, duplicates: 0, missed: 0, pass: true });
    expect(result.everUnconfirmed).toBeGreaterThan(0);
  });

  it('has a name for every point', ({ expect }) => {
    expect(new Set(crashPoints).size).toBe(crashPoints.length);
  });
});
