/** How many items one run takes at most. */
const LARGEST_BATCH = 256;
/** Workspaces that are worked on at once. Each takes a connection of the pool, and fewer make larger batches. */
const RUNS_AT_ONCE = 2;

interface Waiting<I, R> {
  item: I;
  resolve: (result: R) => void;
  reject: (error: unknown) => void;
}

/**
 * Collects what many deliveries ask at nearly the same time and does it together, a workspace at a time: one
 * transaction instead of one each. While a workspace's run is under way the next one gathers, so batches grow with the
 * load and nothing waits when there is none. A run answers its items in their order. When it throws, each item is run
 * again alone, so that one that cannot be done fails by itself.
 */
export function batchByWorkspace<I, R>(
  run: (workspaceId: string, items: readonly I[]) => Promise<readonly R[]>,
): (workspaceId: string, item: I) => Promise<R> {
  const queues = new Map<string, Waiting<I, R>[]>();
  const busy = new Set<string>();
  let planned = false;

  const plan = () => {
    if (planned) return;
    planned = true;
    setImmediate(() => {
      planned = false;
      for (const [workspaceId, queue] of queues) {
        if (busy.size >= RUNS_AT_ONCE) return;
        if (!busy.has(workspaceId)) void take(workspaceId, queue);
      }
    });
  };

  const take = async (workspaceId: string, queue: Waiting<I, R>[]) => {
    const batch = queue.splice(0, LARGEST_BATCH);
    if (queue.length === 0) queues.delete(workspaceId);
    busy.add(workspaceId);
    await runTogether(workspaceId, batch, run);
    busy.delete(workspaceId);
    if (queues.size > 0) plan();
  };

  return (workspaceId, item) =>
    new Promise((resolve, reject) => {
      const queue = queues.get(workspaceId) ?? [];
      queues.set(workspaceId, queue);
      queue.push({ item, resolve, reject });
      plan();
    });
}

async function runTogether<I, R>(
  workspaceId: string,
  batch: readonly Waiting<I, R>[],
  run: (workspaceId: string, items: readonly I[]) => Promise<readonly R[]>,
): Promise<void> {
  try {
    const results = await run(
      workspaceId,
      batch.map(({ item }) => item),
    );
    if (results.length !== batch.length) throw new Error('a batch was not answered item by item');
    for (const [index, waiting] of batch.entries()) waiting.resolve(results[index] as R);
  } catch (error) {
    const [first, ...others] = batch;
    if (first && others.length === 0) first.reject(error);
    else for (const waiting of batch) await runTogether(workspaceId, [waiting], run);
  }
}
