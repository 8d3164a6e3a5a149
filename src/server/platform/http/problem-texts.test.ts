import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createTexts } from '../texts/index.ts';

const server = path.join(import.meta.dirname, '../..');

it('has words for every problem that a verb finds with a field', () => {
  const texts = createTexts();
  const found = globSync('**/*.ts', { cwd: server })
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) => {
      const source = readFileSync(path.join(server, file), 'utf8');
      const ways = [/refuseField\(\s*[^,]+,\s*'([a-z-]+)'/g, /\bfield\b[^{}\n]*\bcode: '([a-z-]+)'/g];
      return ways.flatMap((way) => [...source.matchAll(way)].map(([, code]) => ({ file, code })));
    });
  expect(found.length).toBeGreaterThan(10);
  expect(found.filter(({ code }) => !texts.has(`refusals:problems.${code}`))).toEqual([]);
});
