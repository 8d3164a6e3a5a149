/**
 * Every place in a publish where a crash would leave something half done, in the order they are met. Fault runs kill
 * the process at each of them and look at what is there afterwards.
 */
export const crashPoints = [
  'claimed',
  'before-upload',
  'prepared',
  'before-arm',
  'armed',
  'before-send',
  'sent',
  'before-settle',
  'settled',
  'before-look',
  'looked',
] as const;

export type CrashPoint = (typeof crashPoints)[number];

/** Called at each point; does nothing unless a fault run asked for a crash there. */
export type CrashAt = (point: CrashPoint) => void;

export const neverCrash: CrashAt = () => undefined;

/** Kills the process without a word the first time it comes to the point: nothing is flushed, nothing is closed. */
export const crashAtPoint =
  (wanted: string): CrashAt =>
  (point) => {
    if (point === wanted) process.kill(process.pid, 'SIGKILL');
  };
