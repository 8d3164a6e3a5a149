import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { allBreaches } from './all-breaches.ts';

const read = (file: string) => {
  const place = path.join(import.meta.dirname, '../../..', file);
  return existsSync(place) ? readFileSync(place, 'utf8') : '';
};

it.each(allBreaches)('$guard: the breach changes the file, and the test that must notice is there', (breach) => {
  const before = read(breach.file);
  expect(breach.change(before)).not.toBe(before);
  if ('test' in breach.notices) expect(read(breach.notices.test)).not.toBe('');
});
