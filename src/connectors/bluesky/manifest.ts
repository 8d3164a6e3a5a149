import type { Manifest } from '../kit/manifest.ts';

const checkedOn = '2026-11-22';
const textLimits: Manifest['text']['limits'] = [
  { unit: 'grapheme', max: 300 },
  { unit: 'byte', max: 3_000 },
];
const postMetric = (metric: Manifest['metrics'][number]['metric'], theirName: string) =>
  ({ metric, of: 'post', theirName }) as const;

/** What Bluesky, or any other account server of the AT Protocol, takes and tells. Sources in docs/networks/bluesky.md. */
export const manifest: Manifest = {
  id: 'bluesky',
  name: 'Bluesky',
  facts: { source: 'https://github.com/bluesky-social/atproto/tree/main/lexicons', checkedOn },
  manner: { strength: 'words' },
  connect: {
    kind: 'form',
    fields: [
      { name: 'identifier', input: 'text', required: true },
      { name: 'password', input: 'password', required: true },
      { name: 'server', input: 'url', required: false, initial: 'https://bsky.social' },
    ],
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
  link: { card: true, maxImageBytes: 950_000 },
  // A comment is a post that answers another, with the same limits.
  firstComment: { limits: textLimits },
  thread: { maxParts: 25 },
  // The record key is ours and the account server reads what it wrote, so a read by key proves both ways.
  reconcile: { by: 'repeat-with-key', absenceIsConclusive: true, readLagMs: 2_000 },
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
  cadence: { perWeek: 5, source: 'Our own default: one post a working day', checkedOn },
};
