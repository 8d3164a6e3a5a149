import type { Manifest } from '../kit/manifest.ts';

const checkedOn = '2026-11-22';
const textLimits: Manifest['text']['limits'] = [
  { unit: 'grapheme', max: 300 },
  { unit: 'byte', max: 3_000 },
];
const postMetric = (metric: Manifest['metrics'][number]['metric'], theirName: string) =>
  ({ metric, of: 'post', theirName }) as const;

/** Bluesky's own account servers; whoever runs another one sets its limits, and most set none. */
const hosts = ['bsky.social', 'host.bsky.network'];
const rates = { source: 'https://docs.bsky.app/docs/advanced-guides/rate-limits', checkedOn: '2026-11-22' };

/** What Bluesky, or any other account server of the AT Protocol, takes and tells. Sources in docs/networks/bluesky.md. */
export const manifest: Manifest = {
  id: 'bluesky',
  name: 'Bluesky',
  facts: { source: 'https://github.com/bluesky-social/atproto/tree/main/lexicons', checkedOn },
  manner: { strength: 'words' },
  connect: {
    kind: 'form',
    fields: [
      { name: 'identifier', input: 'text', required: true, known: 'handle' },
      { name: 'password', input: 'password', required: true },
      { name: 'server', input: 'url', required: false, initial: 'https://bsky.social', known: 'server' },
    ],
    // 120 minutes for calls, 90 days to renew, begun anew at each renewal.
    life: {
      renewal: 'lengthens',
      lastsMs: 2 * 3_600_000,
      renewableMs: 90 * 86_400_000,
      renewBeforeMs: 1_800_000,
      source: 'https://github.com/bluesky-social/atproto/blob/main/packages/pds/src/account-manager/helpers/auth.ts',
      checkedOn,
    },
  },
  text: { limits: textLimits, optionalWithMedia: true },
  images: {
    max: 4,
    // The network refuses above 2,000,000; the rest is room for servers that count otherwise.
    maxBytes: 1_900_000,
    maxEdge: 2_000,
    mimes: ['image/jpeg', 'image/png', 'image/webp'],
    // The lexicon names no limit; 2,000 is what Bluesky's own app takes.
    alt: { unit: 'grapheme', max: 2_000 },
  },
  videos: {
    max: 1,
    // The lexicon takes 300,000,000; an account server takes 52,428,800 in one file.
    maxBytes: 50_000_000,
    // What every server's video service takes; Bluesky's own has been seen to take ten minutes.
    maxDurationMs: 180_000,
    maxEdge: 1_920,
    mimes: ['video/mp4'],
    videoCodecs: ['avc'],
    audioCodecs: ['aac'],
    alt: { unit: 'grapheme', max: 1_000 },
  },
  link: { card: true, maxImageBytes: 950_000 },
  // A comment is a post that answers another, with the same limits.
  firstComment: { limits: textLimits },
  thread: { maxParts: 25 },
  // The record key is ours and the account server reads what it wrote, so a read by key proves both ways.
  reconcile: { by: 'read-by-key', absenceIsConclusive: true, readLagMs: 2_000 },
  remove: true,
  // A record can be overwritten, but its likes and reposts go on pointing at the old words and the app shows those.
  correct: false,
  metrics: [
    postMetric('likes', 'likeCount'),
    postMetric('reposts', 'repostCount'),
    postMetric('replies', 'replyCount'),
    postMetric('quotes', 'quoteCount'),
    postMetric('bookmarks', 'bookmarkCount'),
    { metric: 'followers', of: 'account', theirName: 'followersCount' },
  ],
  sendsAtOnce: 1,
  limits: [
    { scope: 'server', operation: 'any', capacity: 3_000, perMs: 5 * 60_000, hosts, ...rates },
    // Points: a record that is made costs three of them.
    { scope: 'account', operation: 'publish', capacity: 5_000, perMs: 3_600_000, cost: 3, hosts, ...rates },
    { scope: 'account', operation: 'publish', capacity: 35_000, perMs: 86_400_000, cost: 3, hosts, ...rates },
  ],
  budgetHeaders: ['ratelimit'],
  cadence: { perWeek: 5, source: 'Our own default: one post a working day', checkedOn },
};
