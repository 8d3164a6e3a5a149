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
      { name: 'server', input: 'url', required: true, initial: 'http://127.0.0.1:4455', known: 'server' },
      { name: 'identifier', input: 'text', required: true, known: 'handle' },
      { name: 'password', input: 'password', required: true },
    ],
    // An account may be opened with shorter lives, and with an end that renewing does not move.
    life: { renewal: 'within', lastsMs: 3_600_000, renewableMs: null, renewBeforeMs: 900_000, ...facts },
  },
  text: { limits: [{ unit: 'grapheme', max: 500 }], optionalWithMedia: true },
  images: {
    max: 4,
    maxBytes: 4_000_000,
    maxEdge: 2_000,
    mimes: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
    moving: ['image/gif'],
    alt: { unit: 'grapheme', max: 1_000 },
  },
  videos: {
    max: 1,
    maxBytes: 20_000_000,
    maxDurationMs: 120_000,
    maxEdge: 1_920,
    mimes: ['video/mp4'],
    videoCodecs: ['avc'],
    audioCodecs: ['aac'],
    alt: { unit: 'grapheme', max: 1_000 },
  },
  link: { card: true, maxImageBytes: 1_000_000, besideImages: true },
  firstComment: { limits: [{ unit: 'grapheme', max: 500 }] },
  thread: { maxParts: 25 },
  // A `keyless` account is read through its recent posts, which are late by a second.
  reconcile: { by: 'read-recent', absenceIsConclusive: true, readLagMs: 2_000 },
  reconcileOf: {
    keyed: { by: 'read-by-key', absenceIsConclusive: true, readLagMs: 0 },
    container: { by: 'status', absenceIsConclusive: true, readLagMs: 0 },
    // It forgets no key; an hour is what networks of this kind promise.
    repeat: { by: 'repeat-with-key', keyLifeMs: 3_600_000, absenceIsConclusive: false, readLagMs: 0 },
    blind: { by: 'person', absenceIsConclusive: false, readLagMs: 0 },
  },
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
  // An account is opened with a quota or without one.
  quota: { max: null, perMs: 86_400_000, over: 'refused', ...facts },
  budgetHeaders: ['ratelimit'],
  cadence: { perWeek: 7, source: 'Our own: practise as often as you like', checkedOn: facts.checkedOn },
};
