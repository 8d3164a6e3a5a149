import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { refusals } from '#contract/refusals.ts';
import { LocalDateTime } from '#contract/terms.ts';
import { createTexts } from '../texts/index.ts';
import { findProblems } from './find-problems.ts';
import { findUnusableFields } from './find-unusable-fields.ts';

const schema = z.object({
  title: z.string().trim().min(1).max(5),
  size: z.int().min(2).max(9),
  on: z.iso.date(),
  at: z.iso.datetime({ offset: true }),
  local: LocalDateTime,
  mail: z.email(),
  url: z.url({ protocol: /^https?$/ }),
  id: z.uuid(),
  role: z.enum(['owner', 'viewer']),
  done: z.boolean(),
  tags: z.array(z.object({ name: z.string() })).max(1),
  end: z.discriminatedUnion('kind', [z.object({ kind: z.literal('date') }), z.object({ kind: z.literal('span') })]),
});

const problemsOf = (raw: unknown) => {
  const parsed = schema.safeParse(raw);
  return parsed.success ? [] : findProblems(parsed.error.issues, raw);
};
const codes = (raw: unknown) => Object.fromEntries(problemsOf(raw).map(({ field, code }) => [field, code]));

describe('problems', () => {
  it('name every field that is missing', () => {
    expect(codes({})).toEqual(Object.fromEntries(Object.keys(schema.shape).map((field) => [field, 'required'])));
    expect(codes({ end: {}, tags: [{}] })).toMatchObject({ 'end.kind': 'required', 'tags.0.name': 'required' });
  });

  it('say what is wrong with each field, by its path', () => {
    const raw = {
      title: 'far too long',
      size: 1,
      on: '31.3.2026',
      at: 'now',
      local: '2026-03-31 18:00',
      mail: 'lan',
      url: 'ftp://x.example',
      id: '7',
      role: 'king',
      done: 'yes',
      tags: [{ name: 1 }],
      end: { kind: 'never' },
    };
    expect(codes(raw)).toEqual({
      title: 'too-long',
      size: 'too-small',
      on: 'not-a-date',
      at: 'not-an-instant',
      local: 'not-a-local-time',
      mail: 'not-an-email',
      url: 'not-an-address',
      id: 'not-an-id',
      role: 'not-a-choice',
      done: 'not-yes-or-no',
      'tags.0.name': 'not-a-text',
      'end.kind': 'invalid',
    });
    expect(codes({ ...raw, title: '  ', size: 1.5, tags: 'a' })).toMatchObject({
      title: 'required',
      size: 'not-a-whole-number',
      tags: 'not-a-list',
    });
    expect(codes({ tags: [{ name: 'a' }, { name: 'b' }] })).toMatchObject({ tags: 'too-many' });
  });

  it('can all be told in words', () => {
    const texts = createTexts();
    const found = [
      ...problemsOf({}),
      ...problemsOf({ title: 'far too long', size: 1, on: 'x', role: 'king', tags: 1 }),
    ];
    for (const { code, params } of found) {
      expect(texts.has(`refusals:problems.${code}`), code).toBe(true);
      expect(texts.t('en', `refusals:problems.${code}`, params)).not.toContain('{{');
    }
    expect(Object.keys(refusals)).toContain('input-invalid');
  });
});

describe('unusable fields', () => {
  it('are unknown ones and texts with a NUL, at any depth, and nothing else', () => {
    const raw = {
      a: 1,
      nul: ['fine', 'a\u0000b'],
      b: [{ c: 1, typo: 2 }],
      extra: { d: 1 },
      absent: undefined,
      file: new File([], 'x'),
    };
    const parsed = { a: 1, nul: ['fine', 'a\u0000b'], b: [{ c: 1 }], file: raw.file };
    expect(findUnusableFields(raw, parsed)).toEqual([
      { field: 'nul.1', code: 'malformed' },
      { field: 'b.0.typo', code: 'unknown-field' },
      { field: 'extra', code: 'unknown-field' },
    ]);
  });
});
