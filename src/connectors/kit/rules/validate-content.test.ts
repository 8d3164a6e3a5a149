import { describe, expect, test } from 'vitest';
import { type Content, Content as ContentSchema, type MediumFacts } from '#contract/content.ts';
import type { Manifest } from '../manifest.ts';
import { lengths } from './lengths.ts';
import { validateContent } from './validate-content.ts';

const full: Manifest = {
  id: 'full',
  name: 'Full',
  facts: { source: 'a test', checkedOn: '2026-11-22' },
  manner: { strength: 'words' },
  connect: { kind: 'own' },
  text: {
    limits: [
      { unit: 'grapheme', max: 10 },
      { unit: 'byte', max: 40 },
    ],
    optionalWithMedia: true,
  },
  images: { max: 2, maxBytes: 1_000, maxEdge: 100, mimes: ['image/jpeg'], alt: { unit: 'grapheme', max: 5 } },
  link: { card: true, maxImageBytes: 1_000 },
  thread: { maxParts: 2 },
  reconcile: { by: 'person', absenceIsConclusive: false, readLagMs: 0 },
  remove: false,
  correct: false,
  metrics: [],
  sendsAtOnce: 1,
  cadence: { perWeek: 1, source: 'a test', checkedOn: '2026-11-22' },
};
const { images: _images, link: _link, thread: _thread, ...bare } = full;
const [first, second, third] = [
  '00000000-0000-4000-8000-000000000001',
  '00000000-0000-4000-8000-000000000002',
  '00000000-0000-4000-8000-000000000003',
];
const picture: MediumFacts = { mime: 'image/png', sizeBytes: 9e6, width: 9_000, height: 9_000 };
const known = new Map([first, second, third].map((id) => [id, picture]));
const content = (...parts: unknown[]): Content => ContentSchema.parse({ parts });
const judge = (manifest: Manifest, ...parts: unknown[]) =>
  validateContent(manifest, content(...parts), known).map(({ field, code, severity }) => [field, code, severity]);
const medium = (mediumId: string | undefined, alt = 'bread') => ({ mediumId, alt });

test('content within every limit has no problem', () => {
  expect(judge(full, { text: 'สวัสดีค่ะ', media: [medium(first)] }, { text: 'more' })).toEqual([]);
});

describe('text', () => {
  test.each([[''], [' \n\u3000']])('missing when it is only %j', (text) => {
    expect(judge(full, { text })).toEqual([['parts.0.text', 'text-missing', 'error']]);
  });
  test('may be missing beside a picture or a card, where the network allows it', () => {
    expect(judge(full, { media: [medium(first)] })).toEqual([]);
    expect(judge(full, { link: 'https://example.com' })).toEqual([]);
    const strict = { ...full, text: { ...full.text, optionalWithMedia: false } };
    expect(judge(strict, { media: [medium(first)] })).toEqual([['parts.0.text', 'text-missing', 'error']]);
  });
  test('too long by the unit that is exceeded, said once and by how much', () => {
    expect(validateContent(full, content({ text: 'a'.repeat(41) }), known)).toEqual([
      {
        field: 'parts.0.text',
        code: 'text-too-long',
        severity: 'error',
        params: { count: 41, max: 10, over: 31, unit: 'grapheme' },
      },
    ]);
    expect(validateContent(full, content({ text: '👩‍👩‍👧‍👦👩‍👩‍👧‍👦' }), known)[0]?.params).toEqual({
      count: 50,
      max: 40,
      over: 10,
      unit: 'byte',
    });
  });
  test('a blank of a drafted post is an error, in any language; an omission is none', () => {
    const roomy = { ...full, text: { ...full.text, limits: [{ unit: 'grapheme' as const, max: 200 }] } };
    for (const blank of ['[… price]', '[… สถานที่]']) {
      expect(validateContent(roomy, content({ text: `A loaf for ${blank} today` }), known)).toEqual([
        { field: 'parts.0.text', code: 'blank-left', severity: 'error', params: { blank } },
      ]);
    }
    expect(judge(roomy, { text: '“Bread […] is life”, says [our baker]' })).toEqual([]);
  });
  test('exactly at the limit is within it', () => expect(judge(full, { text: 'น้ำ'.repeat(4) })).toEqual([]));
  test('a link that leads nowhere is a warning', () => {
    expect(judge(full, { text: 'https://a' })).toEqual([['parts.0.text', 'link-in-text-invalid', 'warning']]);
  });
});

describe('pictures', () => {
  test('too many, unknown, not a picture, without alt text, with too much of it', () => {
    const facts = new Map([...known, [second, { ...picture, mime: 'audio/mpeg' }]]);
    const parts = {
      media: [medium(first, ' '), medium(second, 'too long'), medium('00000000-0000-4000-8000-000000000009')],
    };
    const problems = validateContent(full, content(parts), facts);
    expect(problems.map(({ field, code, severity }) => [field, code, severity])).toEqual([
      ['parts.0.media', 'images-too-many', 'error'],
      ['parts.0.media.0.alt', 'alt-missing', 'warning'],
      ['parts.0.media.1', 'images-unsupported', 'error'],
      ['parts.0.media.1.alt', 'alt-too-long', 'error'],
      ['parts.0.media.2', 'medium-unknown', 'error'],
    ]);
    expect(problems[0]?.params).toEqual({ count: 3, max: 2, over: 1 });
  });
  test('refused where the network takes none', () => {
    expect(judge(bare, { text: 'x', media: [medium(first)] })).toEqual([
      ['parts.0.media', 'images-unsupported', 'error'],
    ]);
  });
});

describe('videos', () => {
  const films: Manifest = {
    ...full,
    videos: {
      max: 1,
      maxBytes: 5_000_000,
      maxDurationMs: 60_000,
      minDurationMs: 3_000,
      maxEdge: 1_920,
      mimes: ['video/mp4'],
      videoCodecs: ['avc'],
      audioCodecs: ['aac'],
      alt: { unit: 'grapheme', max: 5 },
    },
  };
  const fine = { durationMs: 20_000, fps: 30, videoCodec: 'avc', audioCodec: 'aac', convertible: false };
  const film: MediumFacts = { mime: 'video/mp4', sizeBytes: 1_000_000, width: 1_920, height: 1_080, video: fine };
  const judgeFilm = (facts: MediumFacts, manifest = films) =>
    validateContent(manifest, content({ media: [medium(first, 'x')] }), new Map([[first, facts]]));
  const withFacts = (more: Partial<typeof fine>): MediumFacts => ({ ...film, video: { ...fine, ...more } });

  test('go out as they are where they fit', () => {
    expect(judgeFilm(film)).toEqual([]);
    expect(judgeFilm({ ...film, width: 1_080, height: 1_920 })).toEqual([]);
    expect(judgeFilm(withFacts({ audioCodec: null as never }))).toEqual([]);
  });

  test.each([
    ['too long', withFacts({ durationMs: 61_000 }), 'video-too-long', { seconds: 61, max: 60 }],
    ['too short', withFacts({ durationMs: 1_000 }), 'video-too-short', { seconds: 1, min: 3 }],
    [
      'of another kind',
      withFacts({ videoCodec: 'hevc' }),
      'video-wrong-kind',
      { kind: 'MP4 (HEVC, AAC)', wanted: 'MP4 (H.264, AAC)' },
    ],
    ['too large', { ...film, sizeBytes: 5_000_001 }, 'video-too-large', { megabytes: 6, max: 5 }],
    ['too wide', { ...film, width: 3_840 }, 'video-too-many-pixels', { edge: 3_840, max: 1_920 }],
  ] as const)('that are %s are refused with the exact reason', (_what, facts, code, params) => {
    expect(judgeFilm(facts)).toEqual([{ field: 'parts.0.media.0', code, severity: 'error', params }]);
  });

  test('that can be converted are taken, whatever they are; nobody cuts what is too long', () => {
    const convertible = { ...fine, convertible: true };
    const large = { ...film, sizeBytes: 9_000_000, width: 3_840, video: { ...convertible, videoCodec: 'hevc' } };
    expect(judgeFilm(large)).toEqual([]);
    const long = { ...film, video: { ...convertible, durationMs: 90_000 } };
    expect(judgeFilm(long).map(({ code }) => code)).toEqual(['video-too-long']);
  });

  test('are refused where there are none, beside pictures, and two at once', () => {
    expect(judgeFilm(film, full).map(({ code }) => code)).toEqual(['videos-unsupported']);
    const both = content({ media: [medium(first, 'x'), medium(second, 'x')] });
    const codes = (facts: MediumFacts) =>
      validateContent(films, both, new Map([...known, [first, film], [second, facts]])).map(({ code }) => code);
    expect(codes(picture)).toEqual(['video-beside-images']);
    expect(codes(film)).toEqual(['videos-too-many']);
  });

  test('want words as pictures do', () => {
    const said = (alt: string) =>
      validateContent(films, content({ media: [medium(first, alt)] }), new Map([[first, film]])).map(
        ({ code }) => code,
      );
    expect(said('')).toEqual(['alt-missing']);
    expect(said('far too long')).toEqual(['alt-too-long']);
  });
});

describe('link', () => {
  const link = 'https://a.example';
  test('beside pictures is not drawn, unless the network draws both or the text says it', () => {
    const part = { text: 'x', link, media: [medium(first)] };
    expect(judge(full, part)).toEqual([['parts.0.link', 'link-beside-images', 'warning']]);
    expect(judge({ ...full, link: { card: true, maxImageBytes: 1, besideImages: true } }, part)).toEqual([]);
    const roomy = { ...full, text: { ...full.text, limits: [] } };
    expect(judge(roomy, { ...part, text: `see ${link}` })).toEqual([]);
  });
  test('without cards must stand in the text', () => {
    expect(judge(bare, { text: 'x', link })).toEqual([['parts.0.link', 'link-unsupported', 'error']]);
  });
});

describe('thread', () => {
  test('refused where the network has none, and past its length', () => {
    expect(judge(bare, { text: 'x' }, { text: 'y' })).toEqual([['parts.1', 'thread-unsupported', 'error']]);
    expect(judge(full, { text: 'x' }, { text: 'y' }, { text: 'z' })).toEqual([['parts', 'thread-too-long', 'error']]);
  });
  test('every part is judged', () => {
    expect(judge(full, { text: 'x' }, { text: '' })).toEqual([['parts.1.text', 'text-missing', 'error']]);
  });
});

describe('first comment', () => {
  const commented = { ...full, firstComment: { limits: [{ unit: 'byte' as const, max: 6 }] } };
  const problemsOf = (manifest: Manifest, firstComment: string) =>
    validateContent(manifest, ContentSchema.parse({ parts: [{ text: 'x' }], firstComment }), known);
  test('refused where the network has none', () => {
    expect(problemsOf(full, 'menu')).toEqual([
      { field: 'firstComment', code: 'first-comment-unsupported', severity: 'error' },
    ]);
  });
  test('measured by limits of its own, in the unit the network counts by', () => {
    expect(problemsOf(commented, 'menu')).toEqual([]);
    expect(problemsOf(commented, 'กกก')).toEqual([
      {
        field: 'firstComment',
        code: 'first-comment-too-long',
        severity: 'error',
        params: { count: 9, max: 6, over: 3, unit: 'byte' },
      },
    ]);
  });
});

test('a counter shows the tightest limit first', () => {
  expect(lengths(full, 'abc').map(({ unit, left }) => [unit, left])).toEqual([
    ['grapheme', 7],
    ['byte', 37],
  ]);
  expect(lengths(full, '👩‍👩‍👧‍👦👩‍👩‍👧‍👦')[0]).toEqual({ unit: 'byte', count: 50, max: 40, left: -10 });
});

test('a thread of long parts is judged between two key strokes', () => {
  const parts = Array.from({ length: 25 }, () => ({ text: 'ร้านเบเกอรี่เปิดแล้ว https://a.example '.repeat(100) }));
  const long = content(...parts);
  validateContent(full, long, known);
  const startedAt = performance.now();
  validateContent(full, long, known);
  expect(performance.now() - startedAt).toBeLessThan(150);
});
