import { expect, it } from 'vitest';
import { rankMatch } from './find-words.ts';

it.each([
  ['goal', 'New goal', 1],
  ['NEW', 'New goal', 0],
  ['oal', 'New goal', 2],
  ['goal new', 'New goal', 1],
  ['tra sua', 'Trà sữa mới', 0],
  ['duong', 'Đường đen', 0],
  ['ขนมปัง', 'อบขนมปังทุกเช้า', 2],
  ['ำ', 'ทำ', 2],
  ['(a', 'Likes (all)', 2],
])('finds %j in %j', (query, text, rank) => {
  expect(rankMatch(query, text)).toBe(rank);
});

it.each([
  ['bread', 'Fresh brea'],
  ['goal old', 'New goal'],
  ['ขนมปง', 'ขนมปัง'],
])('does not find %j in %j', (query, text) => {
  expect(rankMatch(query, text)).toBeNull();
});
