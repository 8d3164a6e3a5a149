import { describe, expect, it } from 'vitest';
import { findNearest } from './find-nearest.ts';
import { parseWords } from './parse-words.ts';

describe('taking a command line apart', () => {
  it('keeps words, values and flags in their order, wherever they stand', () => {
    const { words, options } = parseWords(['--json', 'posts', 'create', '--text', 'One', '--text=Two', '--all', 'x']);
    expect(words).toEqual(['posts', 'create', 'x']);
    expect([...options]).toEqual([
      ['json', [true]],
      ['text', ['One', 'Two']],
      ['all', [true]],
    ]);
  });

  it('takes a negative number as a value, an option behind an option as none, and all behind -- as words', () => {
    const { words, options } = parseWords(['--target', '-5', '--at', '--zone', 'UTC', '--', '--not-an-option']);
    expect([...options]).toEqual([
      ['target', ['-5']],
      ['at', [true]],
      ['zone', ['UTC']],
    ]);
    expect(words).toEqual(['--not-an-option']);
  });

  it('takes a value of several lines, and one with an equals sign', () => {
    expect(parseWords(['--text=a=b\nc']).options.get('text')).toEqual(['a=b\nc']);
  });
});

describe('the nearest word', () => {
  it.each([
    ['gols', 'goals'],
    ['deadline', 'deadline-on'],
    ['chanel', 'channel'],
    ['xyz', null],
  ])('to %s is %s', (typed, nearest) =>
    expect(findNearest(typed, ['goals', 'deadline-on', 'channel', 'initiative'])).toBe(nearest),
  );
});
