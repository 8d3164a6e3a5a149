import type { Manifest } from '../kit/manifest.ts';

const facts = { source: 'docs/networks/practice.md', checkedOn: '2026-11-22' };

/** What the practice network takes and tells: a network for trying, on one's own machine. */
export const manifest: Manifest = {
  id: 'practice',
  name: 'Practice network',
  facts,
  manner: { strength: 'words' },
  connect: {
    kind: 'form',
    fields: [
      { name: 'server', input: 'url', required: true, initial: 'http://127.0.0.1:4455' },
      { name: 'identifier', input: 'text', required: true },
      { name: 'password', input: 'password', required: true },
    ],
  },
  text: { limits: [{ unit: 'grapheme', max: 500 }], optionalWithMedia: true },
  images: {
    max: 4,
    maxBytes: 4_000_000,
    maxEdge: 2_000,
    mimes: ['image/jpeg', 'image/png', 'image/webp'],
    alt: { unit: 'grapheme', max: 1_000 },
  },
  link: { card: true, maxImageBytes: 1_000_000, besideImages: true },
  firstComment: { limits: [{ unit: 'grapheme', max: 500 }] },
  thread: { maxParts: 25 },
  // What holds for both kinds of account: a `keyless` one is read through its recent posts, which are late by a second.
  reconcile: { by: 'read-recent', absenceIsConclusive: true, readLagMs: 2_000 },
  remove: true,
  correct: true,
  metrics: [
    { metric: 'likes', of: 'post', theirName: 'likes' },
    { metric: 'reposts', of: 'post', theirName: 'shares' },
    { metric: 'replies', of: 'post', theirName: 'comments' },
    { metric: 'post-views', of: 'post', theirName: 'views' },
    { metric: 'followers', of: 'account', theirName: 'followers' },
  ],
  sendsAtOnce: 1,
  cadence: { perWeek: 7, source: 'Our own: practise as often as you like', checkedOn: facts.checkedOn },
};
