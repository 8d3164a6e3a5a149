import { describe, expect, it } from 'vitest';
import { statusCounts } from '#contract/publishing-status.ts';
import { chooseSentence } from './choose-sentence.ts';

const none = Object.fromEntries(statusCounts.map((it) => [it, 0])) as Record<(typeof statusCounts)[number], number>;
const status = (
  due: number,
  counts: Partial<typeof none>,
  maxMs: number | null,
  waiting: { reason: 'overdue' | 'late'; count: number }[] = [],
) => ({
  due,
  counts: { ...none, ...counts },
  lateness: { p50Ms: maxMs, p90Ms: maxMs, p99Ms: maxMs, maxMs },
  waiting,
});

describe('the sentence on top', () => {
  it.each([
    ['none', 0, status(0, {}, null)],
    ['none', 0, status(2, { cancelled: 2 }, null)],
    ['all', 4, status(5, { live: 4, cancelled: 1 }, 2_000)],
    ['allPunctual', 4, status(4, { live: 4 }, 900)],
    ['allWaited', 1, status(1, { live: 1, waited: 1 }, null)],
    ['someApart', 1, status(4, { live: 4, onTime: 3, decided: 1 }, 900)],
    ['someApart', 3, status(5, { live: 5, onTime: 2, waited: 2, decided: 1 }, 2_000)],
    ['some', 2, status(5, { live: 3, held: 2 }, 400)],
    ['overdue', 3, status(5, { live: 5 }, 400, [{ reason: 'overdue', count: 3 }])],
    ['all', 1, status(1, { live: 1 }, 5_000, [{ reason: 'late', count: 9 }])],
  ] as const)('is "%s" about %i', (key, count, given) => {
    expect(chooseSentence(given)).toEqual({ key, count });
  });
});
