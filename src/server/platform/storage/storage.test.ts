import { expect, test } from 'vitest';
import { isOwnKey } from './storage.ts';

const id = '0193a1b2-0000-7000-8000-000000000001';
const hash = 'ab'.repeat(32);

test.each([
  `${id}/${id}/original`,
  `${id}/${id}/fit-${hash}`,
  `page/ab/${hash}.webp`,
  `uploads/${id}/${id}/000000000000-${id}`,
])('%s is a file of our own', (key) => {
  expect(isOwnKey(key)).toBe(true);
});

test.each([
  'uploads/2024/a.jpg',
  `uploads/${id}/${id}/a.jpg`,
  `uploads/${id}/000000000000-${id}`,
  'page/ab/index.html',
  'backups/2024-01-01.tar',
  `${id}/original`,
  `${id}/${id}/sub/folder`,
  `other/${id}/${id}/original`,
  `${id}/${id}/`,
])("%s is another program's", (key) => {
  expect(isOwnKey(key)).toBe(false);
});
