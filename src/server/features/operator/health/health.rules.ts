/** Why an installation is not well; `GET /health` names each that holds. */
export const healthReasons = [
  /** The database does not answer in time, or not at all. */
  'database-not-reached',
  /** It answers and takes no changes: a standby, or set so. */
  'database-read-only',
  /** Its schema is older than this version. */
  'migrations-missing',
  /** No process that works has shown itself of late: nothing is published. */
  'no-worker',
  /** Nobody has looked for posts that do not move. */
  'detector-late',
  /** Posts are due for more than a minute and do not move. */
  'posts-overdue',
  /** What happened is not passed on. */
  'facts-waiting',
  /** Work in the background is due and none of it begins. */
  'jobs-waiting',
  /** The bucket with pictures and videos does not answer, or refuses us. */
  'media-away',
  /** The folder for data is nearly full: soon nothing can be written. */
  'disk-nearly-full',
  /** This process stood still for longer than a send may wait. */
  'process-stalled',
] as const;
export type HealthReason = (typeof healthReasons)[number];

/** What was seen of the database; ages in milliseconds by its clock, null where there is nothing. */
export interface DatabaseSigns {
  readOnly: boolean;
  /** Name of the last step of the schema; null before there were names. */
  schemaStep: string | null;
  workers: number;
  overdue: number;
  /** Since the detector looked; negative when its last look lies ahead, because the clock went back. */
  detectorAgeMs: number;
  /** How long the fact that waits longest could have been passed on. */
  factsWaitMs: number | null;
  /** How long the job that waits longest could have begun, and since when none has. */
  jobsWaitMs: number | null;
  jobsIdleMs: number | null;
}

export interface Signs {
  /** Null: it was not reached. */
  database: DatabaseSigns | null;
  /** The last step of the schema that this version knows. */
  ownSchemaStep: string;
  /** Null where it cannot be known. */
  diskFreeMb: number | null;
  /** Whether pictures and videos cannot be asked for. */
  mediaAway: boolean;
  /** The longest time this process stood still lately. */
  stalledMs: number;
}

const DETECTOR_LATE_MS = 60_000;
/** Clocks of processes and queries' time. */
const AHEAD_AT_MOST_MS = 5_000;
const FACTS_LATE_MS = 60_000;
const JOBS_LATE_MS = 5 * 60_000;
/** As the doctor says. */
const TOO_LITTLE_MB = 200;
/** As long as a send may wait between being committed and being sent. */
export const STALLED_MS = 8_000;

/** What is wrong, in the order of how much hangs on it; nothing: all is well. */
export function findReasons({ database, ownSchemaStep, diskFreeMb, mediaAway, stalledMs }: Signs): HealthReason[] {
  const holds: Record<HealthReason, boolean> = {
    'database-not-reached': database === null,
    'database-read-only': database?.readOnly === true,
    'migrations-missing': database !== null && (database.schemaStep ?? '') < ownSchemaStep,
    'no-worker': database?.workers === 0,
    'detector-late':
      database !== null && (database.detectorAgeMs > DETECTOR_LATE_MS || database.detectorAgeMs < -AHEAD_AT_MOST_MS),
    'posts-overdue': (database?.overdue ?? 0) > 0,
    'facts-waiting': (database?.factsWaitMs ?? 0) > FACTS_LATE_MS,
    'jobs-waiting':
      (database?.jobsWaitMs ?? 0) > JOBS_LATE_MS && (database?.jobsIdleMs ?? Number.POSITIVE_INFINITY) > JOBS_LATE_MS,
    'media-away': mediaAway,
    'disk-nearly-full': diskFreeMb !== null && diskFreeMb < TOO_LITTLE_MB,
    'process-stalled': stalledMs >= STALLED_MS,
  };
  return healthReasons.filter((reason) => holds[reason]);
}

/** Whether this process can answer calls: what only concerns publishing does not keep people out. */
export const isReady = (reasons: readonly HealthReason[]): boolean =>
  !reasons.some((it) => it === 'database-not-reached' || it === 'database-read-only' || it === 'migrations-missing');
