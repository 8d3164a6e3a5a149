const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * How often a post is looked at by its age (ours): dense while it moves, seldom when it has come to rest. Beyond the
 * last age it is not looked at any more by itself.
 */
export const paceByAge = [
  { untilAge: 15 * minute, every: 5 * minute },
  { untilAge: 2 * hour, every: 15 * minute },
  { untilAge: day, every: hour },
  { untilAge: 7 * day, every: 6 * hour },
  { untilAge: 30 * day, every: day },
  { untilAge: 90 * day, every: 7 * day },
] as const;

/** A channel's own figures (ours). */
const channelEvery = 6 * hour;

/**
 * The next look after one at `now`, or null when the post is past its last age. Counted from `now`: what was slept
 * through is not made up for. `notBefore` is what the network asked for.
 */
export function nextLook(plan: { publishedAt: Date | null; now: Date; notBefore: Date | null }): Date | null {
  const every = plan.publishedAt === null ? channelEvery : paceOf(plan.now.getTime() - plan.publishedAt.getTime());
  if (every === null) return null;
  return new Date(Math.max(plan.now.getTime() + every, plan.notBefore?.getTime() ?? 0));
}

function paceOf(age: number): number | null {
  return paceByAge.find((pace) => age < pace.untilAge)?.every ?? null;
}
