import type { MetricId } from '#contract/metrics.ts';
import type { InterviewAnswers, StatedAccount } from '#contract/onboarding.ts';
import { starterOf } from '#contract/starters.ts';
import { type Cadence, fitCadence } from './cadence.rules.ts';

/** A metric that can be measured from the first day, and what it may come to. */
export interface TargetOption {
  metric: MetricId;
  target: number;
  perPost: number;
}

/** What follows from the answers, before it is put into words. */
export interface Plan {
  /** The wish of the starter that is served; null: the owner's own words. */
  wish: string | null;
  metric: MetricId;
  options: TargetOption[];
  /** Posts until the deadline at this cadence, and the weeks they are counted over. */
  posts: number;
  weeks: number;
  deadlineOn: string;
  cadence: Cadence;
  second: StatedAccount | null;
  /** Place of the post that serves the wish, from 0. */
  first: number;
}

/** What the own page counts from the first day, and how often it may happen for each post: a first guess (ours). */
const perPost = { 'page-link-clicks': 4, 'page-views': 30, 'post-link-clicks': 3, 'post-views': 15 } as const;

/** What counts only where there is a link to follow. */
export const isAboutLinks = (metric: string): boolean => metric.endsWith('link-clicks');

/** What is counted instead where there is no link: nobody can follow one. */
const withoutLink: Partial<Record<MetricId, MetricId>> = {
  'page-link-clicks': 'page-views',
  'post-link-clicks': 'post-views',
};

/**
 * Makes a plan of the answers. `isReachable` tells the networks on which Goalpost can act; `hasLink` whether there is
 * anything to follow: without it no goal that counts who followed it is proposed.
 */
export function makePlan(
  answers: InterviewAnswers,
  { today, isReachable, hasLink }: { today: string; isReachable: (network: string) => boolean; hasLink: boolean },
): Plan {
  const starter = starterOf(answers.industry);
  const isOwn = answers.wish === 'own' && answers.wishWords !== '';
  const wishes = Object.entries(starter.wishes);
  const [name, wish] = wishes.find(([it]) => it === answers.wish) ?? wishes[0] ?? ['', null];
  const second = answers.accounts.find((it) => isReachable(it.network)) ?? null;
  const cadence = fitCadence(answers.minutes, second ? 2 : 1);
  const start = Temporal.PlainDate.from(today);
  const deadline = start.add({ months: 3 });
  const weeks = Math.floor(start.until(deadline, { largestUnit: 'days' }).days / 7);
  const posts = Math.max(1, Math.round(cadence.perWeek * weeks));
  const wished = isOwn || !wish ? 'page-link-clicks' : wish.metric;
  const options = Object.entries(perPost).filter(([metric]) => hasLink || !isAboutLinks(metric));
  return {
    wish: isOwn ? null : name,
    metric: hasLink ? wished : (withoutLink[wished] ?? wished),
    options: options.map(([metric, each]) => ({
      metric: metric as keyof typeof perPost,
      target: roundTarget(posts * each),
      perPost: each,
    })),
    posts,
    weeks,
    deadlineOn: deadline.toString(),
    cadence,
    second,
    first: isOwn || !wish ? 0 : wish.post - 1,
  };
}

/** A number one can keep in mind: never below 10, in steps of 10, from 200 on of 50, from 1,000 on of 100. */
export function roundTarget(amount: number): number {
  const step = amount < 200 ? 10 : amount < 1_000 ? 50 : 100;
  return Math.max(10, Math.round(amount / step) * step);
}

/** The accounts that the register does not have yet; how a handle is written (@, capitals) makes no other account. */
export function findUnknownAccounts(
  stated: readonly StatedAccount[],
  known: readonly { network: string; handle: string }[],
): StatedAccount[] {
  const seen = new Set(known.map(nameAccount));
  return stated.filter((account) => {
    const name = nameAccount(account);
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

const nameAccount = ({ network, handle }: { network: string; handle: string }): string =>
  `${network} ${handle.trim().replace(/^@/, '').toLowerCase()}`;

/** Is it the same account? */
export const isSameAccount = (
  a: { network: string; handle: string },
  b: { network: string; handle: string },
): boolean => nameAccount(a) === nameAccount(b);
