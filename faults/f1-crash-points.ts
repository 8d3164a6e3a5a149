import { setTimeout as sleep } from 'node:timers/promises';
import { crashPoints } from '#server/features/publishing/index.ts';
import type { Fault } from './fault.ts';
import { type NetworkAccount, openBlueskyAccount } from './network-account.ts';
import type { Ledger } from './open-ledger.ts';
import type { Stage } from './stage.ts';

/** A worker that is to die at a point is waited for this long: it may have to look at what another one left first. */
const DEATH_WITHIN_MS = 90_000;

type Point = (typeof crashPoints)[number];

/** Every place where a crash leaves something half done, on each kind of network. */
export const crashPointFault: Fault = {
  name: 'F1',
  about: 'kill -9 at every crash point, on both kinds of practice account and a real Bluesky server',
  weight: 5,
  async run(stage) {
    const channels = stage.sized({ small: 3, whole: 12 });
    const perPoint = stage.sized({ small: 3, whole: 36 });
    const points = stage.sized<readonly Point[]>({ small: ['armed', 'sent'], whole: crashPoints });
    const bluesky = await stage.openBluesky();
    const theirs: NetworkAccount[] = [];
    for (let n = 0; n < stage.sized({ small: 2, whole: 8 }); n += 1)
      theirs.push(await openBlueskyAccount(bluesky, `crash-${n}`));
    await Promise.all([
      crashAtPoints(stage, {
        database: 'keyed',
        points,
        accounts: await stage.openAccounts('keyed', channels, { kind: 'keyed' }),
        perPoint,
      }),
      crashAtPoints(stage, {
        database: 'keyless',
        points,
        accounts: await stage.openAccounts('keyless', channels, { kind: 'keyless' }),
        perPoint,
      }),
      crashAtPoints(stage, {
        database: 'bluesky',
        points,
        accounts: theirs,
        perPoint: stage.sized({ small: 2, whole: 16 }),
      }),
    ]);
    await stage.untilAtRest(240_000);
  },
};

/**
 * One ledger, and for each point some posts that are due at once and a worker that dies there; what the earlier ones left
 * is still there when the next begins. A last worker lives and is left to bring everything to its end.
 */
export async function crashAtPoints(
  stage: Stage,
  {
    database,
    points,
    accounts,
    perPoint,
  }: { database: string; points: readonly Point[]; accounts: readonly NetworkAccount[]; perPoint: number },
): Promise<Ledger> {
  const ledger = await stage.openLedger({ database });
  await ledger.connect(accounts);
  for (const point of points) {
    const doomed = await ledger.startWorker({ TEST_CRASH_AT: point });
    await ledger.schedule(accounts, { label: `${database} ${point}`, count: perPoint });
    const signal = await Promise.race([doomed.ended, sleep(DEATH_WITHIN_MS, 'nothing')]);
    if (signal !== 'SIGKILL') stage.complain(`${database}: a worker that was to die at ${point} ended by ${signal}`);
    await doomed.kill();
  }
  await ledger.startWorker();
  return ledger;
}
