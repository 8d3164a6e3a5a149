/** Work that is done one after another, the lanes in turn. */
export interface FairQueue {
  /** Does the work when its lane comes round, in the order in which the lane was given it. */
  run<T>(lane: string, work: () => Promise<T>): Promise<T>;
}

/**
 * Opens a queue in which nobody waits for all of somebody else's: whoever brings a hundred tasks has one of them done
 * between each two of another's.
 */
export function openFairQueue(): FairQueue {
  // In the order in which the lanes come round: the one that was served last is entered anew, at the end.
  const lanes = new Map<string, (() => Promise<void>)[]>();
  let isRunning = false;

  const pump = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    for (let next = takeNext(lanes); next; next = takeNext(lanes)) await next();
    isRunning = false;
  };
  return {
    run: (lane, work) =>
      new Promise((resolve, reject) => {
        const task = () => work().then(resolve, reject);
        lanes.set(lane, [...(lanes.get(lane) ?? []), task]);
        void pump();
      }),
  };
}

function takeNext(lanes: Map<string, (() => Promise<void>)[]>): (() => Promise<void>) | null {
  for (const [lane, [task, ...others]] of lanes) {
    lanes.delete(lane);
    if (others.length > 0) lanes.set(lane, others);
    if (task) return task;
  }
  return null;
}
