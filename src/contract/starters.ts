import type { MetricId } from './metrics.ts';
import type { pillars } from './posts.ts';

type Pillar = (typeof pillars)[number];

/** What a kind of business begins with. Its words are texts of the namespace `industries` under `kinds.<industry>`. */
export interface Starter {
  /** What may matter in the next three months, by its text, and the metric that tells first whether it happens. */
  wishes: Readonly<
    Record<string, { metric: MetricId /** Which of the three posts serves it best. */; post: 1 | 2 | 3 }>
  >;
  /** The kinds of content of the three first posts. */
  posts: readonly [Pillar, Pillar, Pillar];
  /** How much of what is said is of which kind, in percent; together 100. */
  shares: Readonly<Record<Pillar, number>>;
}

const presses = 'page-link-clicks';
const visits = 'page-views';
const reads = 'post-views';

/** The kinds of business that Goalpost has a beginning for, in the order they are offered. */
export const starters = {
  cafe: {
    wishes: {
      mornings: { metric: presses, post: 1 },
      regulars: { metric: reads, post: 3 },
      known: { metric: visits, post: 2 },
      tables: { metric: presses, post: 1 },
    },
    posts: ['promote', 'teach', 'engage'],
    shares: { promote: 25, teach: 15, engage: 25, curate: 5, news: 15, proof: 15 },
  },
  bakery: {
    wishes: {
      leftovers: { metric: reads, post: 1 },
      orders: { metric: presses, post: 2 },
      known: { metric: visits, post: 3 },
    },
    posts: ['news', 'promote', 'teach'],
    shares: { promote: 25, teach: 20, engage: 15, curate: 5, news: 20, proof: 15 },
  },
  studio: {
    wishes: {
      trials: { metric: presses, post: 1 },
      classes: { metric: presses, post: 3 },
      stay: { metric: reads, post: 2 },
    },
    posts: ['promote', 'teach', 'engage'],
    shares: { promote: 20, teach: 30, engage: 20, curate: 5, news: 10, proof: 15 },
  },
  store: {
    wishes: {
      orders: { metric: presses, post: 1 },
      visits: { metric: visits, post: 2 },
      returning: { metric: reads, post: 3 },
    },
    posts: ['promote', 'teach', 'proof'],
    shares: { promote: 30, teach: 20, engage: 15, curate: 5, news: 15, proof: 15 },
  },
  shop: {
    wishes: {
      orders: { metric: presses, post: 1 },
      newcomers: { metric: visits, post: 2 },
      returning: { metric: presses, post: 3 },
    },
    posts: ['promote', 'teach', 'proof'],
    shares: { promote: 30, teach: 20, engage: 15, curate: 5, news: 10, proof: 20 },
  },
  craft: {
    wishes: {
      enquiries: { metric: presses, post: 1 },
      local: { metric: visits, post: 2 },
      quiet: { metric: presses, post: 3 },
    },
    posts: ['proof', 'teach', 'promote'],
    shares: { promote: 15, teach: 25, engage: 10, curate: 5, news: 10, proof: 35 },
  },
  consultancy: {
    wishes: {
      talks: { metric: presses, post: 1 },
      trust: { metric: reads, post: 2 },
      referrals: { metric: visits, post: 3 },
    },
    posts: ['promote', 'teach', 'proof'],
    shares: { promote: 10, teach: 35, engage: 15, curate: 15, news: 5, proof: 20 },
  },
  salon: {
    wishes: {
      weekdays: { metric: presses, post: 1 },
      newcomers: { metric: visits, post: 2 },
      returning: { metric: presses, post: 3 },
    },
    posts: ['promote', 'teach', 'engage'],
    shares: { promote: 25, teach: 25, engage: 15, curate: 5, news: 10, proof: 20 },
  },
  charity: {
    wishes: {
      helpers: { metric: presses, post: 1 },
      gifts: { metric: presses, post: 2 },
      known: { metric: visits, post: 3 },
    },
    posts: ['promote', 'proof', 'teach'],
    shares: { promote: 15, teach: 20, engage: 15, curate: 5, news: 15, proof: 30 },
  },
  other: {
    wishes: {
      enquiries: { metric: presses, post: 1 },
      known: { metric: visits, post: 2 },
      returning: { metric: reads, post: 3 },
    },
    posts: ['promote', 'teach', 'engage'],
    shares: { promote: 20, teach: 25, engage: 20, curate: 5, news: 15, proof: 15 },
  },
} as const satisfies Record<string, Starter>;

export type Industry = keyof typeof starters;
export const industries = Object.keys(starters) as [Industry, ...Industry[]];

/** What an industry begins with; who has not said theirs begins like `other`. */
export const starterOf = (industry: Industry | null): Starter => starters[industry ?? 'other'];
