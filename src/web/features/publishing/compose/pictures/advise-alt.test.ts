import { describe, expect, it } from 'vitest';
import { adviseAlt } from './advise-alt.ts';

const about = { fileName: 'Rye on a rack', text: 'Fresh rye at seven.' };

describe('advice on the words for a picture', () => {
  it.each([
    ['', 'missing'],
    ['  ', 'missing'],
    ['IMG_2041', 'file-name'],
    ['bread.JPEG', 'file-name'],
    ['rye on a rack', 'file-name'],
    ['Fresh rye at seven.', 'repeats'],
    ['Three loaves of rye cool on a wooden rack', null],
    ['ขนมปังสามก้อน', null],
  ])('says of “%s”: %s', (alt, advice) => expect(adviseAlt(alt, about)).toBe(advice));

  it('does not take no words for a repetition of no text', () => {
    expect(adviseAlt('', { fileName: '', text: '' })).toBe('missing');
  });
});
