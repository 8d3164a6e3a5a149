import { openFairQueue } from './fair-queue.ts';

const queue = openFairQueue();

/**
 * Runs a program of the machine on what somebody brought: one at a time in this process, workspaces in turn. What is
 * converted for networks takes minutes and waits elsewhere, so that no upload waits for it.
 */
export function runInTurn<T>(workspaceId: string, work: () => Promise<T>): Promise<T> {
  return queue.run(workspaceId, work);
}
