import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusals } from '#contract/refusals.ts';
import { chooseLanguage, createTexts } from './index.ts';

describe('texts', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'texts-'));
    mkdirSync(path.join(folder, 'en'));
    mkdirSync(path.join(folder, 'vi'));
    writeFileSync(
      path.join(folder, 'en/page.json'),
      JSON.stringify({ posts_one: '{{count}} post', posts_other: '{{count}} posts', only: 'Hello <b>{{name}}</b>' }),
    );
    writeFileSync(path.join(folder, 'vi/page.json'), JSON.stringify({ posts_other: '{{count}} bài' }));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('come in the language asked for, with its plurals', () => {
    const { t } = createTexts({ folder });
    expect(t('vi', 'page:posts', { count: 1 })).toBe('1 bài');
    expect(t('en', 'page:posts', { count: 1 })).toBe('1 post');
    expect(t('en', 'page:posts', { count: 2 })).toBe('2 posts');
  });

  it('come in English where a language lacks them, unescaped', () => {
    expect(createTexts({ folder }).t('vi', 'page:only', { name: 'Lan & Co' })).toBe('Hello <b>Lan & Co</b>');
    expect(createTexts({ folder }).t('eo', 'page:posts', { count: 5 })).toBe('5 posts');
  });

  it.each([
    ['en', 'pictures.warning', '1 file in /f belongs to no picture', '2 files in /f belong to no picture'],
    ['en', 'pictures.problem', '1 picture has no file', '2 pictures have no file'],
    [
      'en',
      'limits.warning',
      '1 of our accounts or apps may not post at the moment, for 1 min',
      'the longest for 1 min',
    ],
    ['eo', 'pictures.warning', '1 dosiero en /f apartenas', '2 dosieroj en /f apartenas'],
    ['eo', 'pictures.problem', '1 bildo havas neniun dosieron', '2 bildoj havas neniun dosieron'],
    ['eo', 'limits.warning', 'nun ne rajtas publikigi, ankoraŭ 1 min', 'la plej longe ankoraŭ 1 min'],
  ] as const)('in %s, the check %s speaks of one and of many', (language, key, one, many) => {
    const { t } = createTexts();
    const say = (count: number) =>
      t(language, `operator:checks.${key}`, { count, folder: '/f', names: 'Bluesky', minutes: 1 });
    expect([say(1), say(2)]).toEqual([expect.stringContaining(one), expect.stringContaining(many)]);
  });

  it('has a message for every refusal', () => {
    const texts = createTexts();
    expect(Object.keys(refusals).filter((code) => !texts.has(`refusals:${code}`))).toEqual([]);
  });
});

describe('choosing a language', () => {
  it.each([
    ['th-TH,th;q=0.9,en;q=0.8', 'th'],
    ['de-DE,de;q=0.9,vi;q=0.5,en;q=0.4', 'vi'],
    ['en;q=0.1, id', 'id'],
    ['th;q=0, eo;q=0.2', 'eo'],
    ['de', 'en'],
    ['', 'en'],
  ])('%s is %s', (header, language) => expect(chooseLanguage(header)).toBe(language));
});
