/** How long a stall is told of after it is over: who watches asks once a minute. */
const REMEMBER_MS = 90_000;
const BEAT_MS = 500;

/** Notices when the process stands still: one that computes, swaps or was frozen cannot say so while it does. */
export interface StallWatch {
  /** The longest stall of the last minute and a half, in ms; 0 when all of them were shorter than the limit. */
  read(): number;
}

/** Watches as long as the process lives, and holds nothing open. */
export function watchStalls(limitMs: number): StallWatch {
  let beatAtMs = performance.now();
  let longest = { ms: 0, atMs: 0 };
  const beat = () => {
    const nowMs = performance.now();
    const ms = nowMs - beatAtMs - BEAT_MS;
    beatAtMs = nowMs;
    if (nowMs - longest.atMs > REMEMBER_MS) longest = { ms: 0, atMs: nowMs };
    if (ms >= limitMs && ms >= longest.ms) longest = { ms, atMs: nowMs };
  };
  setInterval(beat, BEAT_MS).unref();
  return {
    read() {
      // A call that came in meanwhile may be answered before the beat that is late.
      if (performance.now() - beatAtMs > BEAT_MS) beat();
      return Math.round(longest.ms);
    },
  };
}
