import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const folder = path.join(import.meta.dirname, '../dist/web');
const page = readFileSync(path.join(folder, 'index.html'), 'utf8');
const assets = readdirSync(path.join(folder, 'assets')).filter((name) => name.endsWith('.js'));

/** The scripts that the page names, and those that they import before they run. */
function listScripts(): string[] {
  const found = new Set<string>();
  const open = [...page.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].map(([, name = '']) => name);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    open.push(...importsOf(name));
  }
  return [...found];
}

const importsOf = (name: string): string[] =>
  [...readFileSync(path.join(folder, 'assets', name), 'utf8').matchAll(/(?:from|import)"\.\/([^"]+\.js)"/g)].map(
    ([, imported = '']) => imported,
  );

describe('the first screen', () => {
  it('is sent as a few scripts, named by the page, of at most 190 KB together', () => {
    const scripts = listScripts();
    const sizes = scripts.map((name) => gzipSync(readFileSync(path.join(folder, 'assets', name)), { level: 9 }).length);
    expect(scripts.some((name) => name.startsWith('first-'))).toBe(true);
    expect(scripts.length).toBeLessThanOrEqual(8);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(190_000);
  });

  it('has no two scripts that need each other to begin, of which neither would', () => {
    const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
      importsOf(from).some((name) => name === to || (!seen.has(name) && reaches(name, to, seen.add(name))));
    expect(assets.filter((name) => reaches(name, name))).toEqual([]);
  });
});
