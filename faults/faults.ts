import { crashPointFault } from './f1-crash-points.ts';
import { randomKills } from './f2-random-kills.ts';
import { frozenWorkers } from './f3-frozen-workers.ts';
import { badLines } from './f4-bad-lines.ts';
import { lostDatabases } from './f5-lost-databases.ts';
import { fullDisk } from './f6-full-disk.ts';
import { turnedClocks } from './f7-turned-clocks.ts';
import { refusedCalls } from './f8-refused-calls.ts';
import { falseAnswers } from './f9-false-answers.ts';
import { newVersion } from './f10-new-version.ts';
import { exhaustedWorkers } from './f11-exhausted-workers.ts';
import { restoredBackups } from './f12-restored-backups.ts';
import { longHour } from './f14-long-hour.ts';
import type { Fault } from './fault.ts';

/** Every fault, in the order of their numbers. */
export const faults: readonly Fault[] = [
  crashPointFault,
  randomKills,
  frozenWorkers,
  badLines,
  lostDatabases,
  fullDisk,
  turnedClocks,
  refusedCalls,
  falseAnswers,
  newVersion,
  exhaustedWorkers,
  restoredBackups,
  longHour,
];
