import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { formatLanguages } from '../src/format/index.ts';
import { printFormatWords } from './make-format-words.ts';

test.each(formatLanguages)(
  'the words of %s are what CLDR says (node tools/make-format-words.ts writes them)',
  async (language) => {
    const file = new URL(`../src/format/words/${language}.gen.json`, import.meta.url);
    expect(await readFile(file, 'utf8')).toBe(await printFormatWords(language));
  },
);
