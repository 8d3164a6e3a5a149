import { type Fault, fail, type Outcome } from '#connectors/kit/faults.ts';
import type { Context } from '#server/platform/context/index.ts';
import { StorageAway } from '#server/platform/storage/index.ts';

/** Does what needs the place of pictures and videos; while that is away it is a fault that passes, and no bug. */
export async function waitForStorage<T>(
  { log }: Pick<Context, 'log'>,
  work: () => Promise<Outcome<T, Fault>>,
): Promise<Outcome<T, Fault>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StorageAway)) throw error;
    log.warn({ err: error }, 'a post waits for the place of its pictures');
    return fail({ kind: 'temporarily-down', said: 'the place of pictures and videos is away' });
  }
}
