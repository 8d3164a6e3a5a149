import type { Trial } from './trial.ts';

/** What a check found: the network has the capability and keeps it, or does not have it. Throwing is failing. */
export type Found = 'pass' | 'absent';
export type Check = (trial: Trial) => Promise<Found>;
