import type { PublishingStatus } from '#contract/publishing-status.ts';

type Sentence = 'none' | 'overdue' | 'all' | 'allPunctual' | 'allWaited' | 'someApart' | 'some';

/**
 * What is worth saying first: what stands still, then what is not out, then what had to wait or was let go by a person,
 * then how late the latest was.
 */
export function chooseSentence({
  due,
  counts,
  lateness,
  waiting,
}: Pick<PublishingStatus, 'due' | 'counts' | 'lateness' | 'waiting'>): { key: Sentence; count: number } {
  const overdue = waiting.find(({ reason }) => reason === 'overdue')?.count ?? 0;
  if (overdue > 0) return { key: 'overdue', count: overdue };
  // What somebody took off the calendar was not to go out.
  const wanted = due - counts.cancelled;
  if (wanted === 0) return { key: 'none', count: 0 };
  if (counts.live < wanted) return { key: 'some', count: wanted - counts.live };
  if (lateness.maxMs === null) return { key: 'allWaited', count: wanted };
  const apart = counts.waited + counts.decided;
  if (apart > 0) return { key: 'someApart', count: apart };
  return { key: lateness.maxMs <= 1_000 ? 'allPunctual' : 'all', count: wanted };
}
