import type { Manifest } from '#connectors/kit/manifest.ts';

/** The facts of the own page. The house is the network here, so most limits are our choice. */
export const manifest: Manifest = {
  id: 'page',
  name: 'Own page',
  facts: { source: 'Goalpost: docs/networks/page.md', checkedOn: '2026-11-22' },
  manner: { strength: 'home' },
  connect: { kind: 'own' },
  text: { limits: [{ unit: 'grapheme', max: 5_000 }], optionalWithMedia: true },
  images: {
    max: 10,
    maxBytes: 600_000,
    maxEdge: 1_600,
    mimes: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
    moving: ['image/webp', 'image/gif'],
    alt: { unit: 'grapheme', max: 2_000 },
  },
  videos: {
    max: 1,
    maxBytes: 50_000_000,
    maxDurationMs: 600_000,
    maxEdge: 1_920,
    // What all browsers play; HEVC is not among it.
    mimes: ['video/mp4', 'video/webm'],
    videoCodecs: ['avc', 'vp9', 'vp8', 'av1'],
    audioCodecs: ['aac', 'mp3', 'opus', 'vorbis'],
    besideImages: true,
    alt: { unit: 'grapheme', max: 2_000 },
  },
  link: { card: true, maxImageBytes: 300_000 },
  thread: { maxParts: 25 },
  // Publishing is an insert under a key of ours: reading by that key is the whole truth, at once.
  reconcile: { by: 'read-by-key', absenceIsConclusive: true, readLagMs: 0 },
  remove: true,
  correct: true,
  metrics: [
    { metric: 'post-views', of: 'post', theirName: 'views of the post’s own address' },
    { metric: 'post-link-clicks', of: 'post', theirName: 'clicks on the post’s links' },
    { metric: 'page-views', of: 'account', theirName: 'views of the page and its posts' },
    { metric: 'page-link-clicks', of: 'account', theirName: 'clicks on all links' },
  ],
  sendsAtOnce: 1,
  cadence: {
    perWeek: 3,
    source: 'ours: what is worth saying elsewhere is worth keeping at home',
    checkedOn: '2026-11-22',
  },
};
