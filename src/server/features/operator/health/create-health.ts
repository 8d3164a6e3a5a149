import { statfs } from 'node:fs/promises';
import { readMotion } from '#server/features/publishing/index.ts';
import type { House } from '#server/platform/context/index.ts';
import { lastMigration } from '#server/platform/db/index.ts';
import { type DatabaseSigns, findReasons, type HealthReason, isReady, STALLED_MS } from './health.rules.ts';
import { readFactsWait, readGround, readJobsWait } from './health-store.ts';
import { watchStalls } from './watch-stalls.ts';

/** A database that takes longer than this to say how it is counts as not reached: who asks has a limit too. */
const PATIENCE_MS = 3_000;

/** What `GET /health` says of the whole installation. */
export interface InstallationHealth {
  ok: boolean;
  /** Whether this process can answer calls, see `GET /health/ready`. */
  ready: boolean;
  /** What is wrong; empty when all is well. */
  reasons: HealthReason[];
  database: 'reached' | 'read-only' | 'not-reached';
  workers: number;
  overdue: number;
  oldestOverdueSeconds: number | null;
  detectorAgeSeconds: number | null;
  factsWaitSeconds: number | null;
  jobsWaitSeconds: number | null;
  diskFreeMb: number | null;
}

export interface HealthWatch {
  /** Never throws, answers within seconds, and never says fine when it could not ask. */
  read(): Promise<InstallationHealth>;
}

type Asked = DatabaseSigns & { oldestOverdueSeconds: number | null };

/** Makes the health of one process. However many ask, the database is asked by one at a time. */
export function createHealth(
  house: Pick<House, 'db' | 'log' | 'config' | 'storage'>,
  { patienceMs = PATIENCE_MS, stalledMs = STALLED_MS }: { patienceMs?: number; stalledMs?: number } = {},
): HealthWatch {
  const stalls = watchStalls(stalledMs);
  let asking: Promise<Asked | null> | null = null;
  const ask = () => {
    asking ??= askDatabase(house)
      .catch((error) => {
        house.log.warn({ err: error }, 'health could not ask the database');
        return null;
      })
      .finally(() => {
        asking = null;
      });
    return asking;
  };
  const askMedia = askSeldom(() => reachMedia(house));
  return {
    async read() {
      const [database, diskFreeMb, reachesMedia] = await Promise.all([
        inTime(ask(), patienceMs),
        inTime(readFreeMb(house.config.dataDir), patienceMs),
        inTime(askMedia(), patienceMs),
      ]);
      const reasons = findReasons({
        database,
        ownSchemaStep: lastMigration(),
        diskFreeMb,
        mediaAway: reachesMedia !== true,
        stalledMs: stalls.read(),
      });
      return {
        ok: reasons.length === 0,
        ready: isReady(reasons),
        reasons,
        database: database === null ? 'not-reached' : database.readOnly ? 'read-only' : 'reached',
        workers: database?.workers ?? 0,
        overdue: database?.overdue ?? 0,
        oldestOverdueSeconds: database?.oldestOverdueSeconds ?? null,
        detectorAgeSeconds: seconds(database?.detectorAgeMs),
        factsWaitSeconds: seconds(database?.factsWaitMs),
        jobsWaitSeconds: seconds(database?.jobsWaitMs),
        diskFreeMb,
      };
    },
  };
}

/** A key that nothing is kept under: whether it is there tells whether anything can be. */
const NOTHING = 'health/nothing';
/** For so long it holds what the bucket said: each question is paid for. */
const MEDIA_ASKED_MS = 30_000;

/** Whether pictures and videos can be asked for; false also where a bucket takes too long. */
async function reachMedia({ config, storage, log }: Pick<House, 'config' | 'storage' | 'log'>): Promise<boolean> {
  if (!config.storage.s3) return true;
  try {
    await storage.exists(NOTHING);
    return true;
  } catch (error) {
    log.warn({ err: error }, 'health could not ask the place of pictures and videos');
    return false;
  }
}

/** Asks once in a while however often it is called; a bad answer is asked for anew at once. */
function askSeldom(ask: () => Promise<boolean>): () => Promise<boolean> {
  let last: { answer: Promise<boolean>; at: number } | null = null;
  return async () => {
    if (!last || performance.now() - last.at > MEDIA_ASKED_MS) last = { answer: ask(), at: performance.now() };
    const asked = last;
    const answer = await asked.answer;
    if (!answer && last === asked) last = null;
    return answer;
  };
}

async function askDatabase(house: Pick<House, 'db'>): Promise<Asked> {
  const { ground, jobs, motion } = await house.db.outside(async (tx) => ({
    ground: await readGround(tx),
    jobs: await readJobsWait(tx),
    motion: await readMotion(tx),
  }));
  const factsWaitMs = await house.db.across(readFactsWait);
  return { ...ground, ...jobs, ...motion, factsWaitMs };
}

const seconds = (ms: number | null | undefined): number | null =>
  ms === null || ms === undefined ? null : Math.max(0, Math.round(ms / 1000));

/** The folder may stand on a disk that answers no more; null then too. */
const readFreeMb = (folder: string): Promise<number | null> =>
  statfs(folder).then(
    ({ bavail, bsize }) => Math.floor((bavail * bsize) / 1024 ** 2),
    () => null,
  );

/** The answer, or null when it takes too long. */
async function inTime<T>(answer: Promise<T>, ms: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
