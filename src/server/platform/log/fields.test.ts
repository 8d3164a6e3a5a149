import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { cleanFields } from './clean-fields.ts';

const home = path.join(import.meta.dirname, '../../../..');

/** The fields that each log call names, as far as they are written into the call itself. */
function findFields(file: string): { field: string; at: string }[] {
  const text = readFileSync(path.join(home, file), 'utf8');
  const calls = text.matchAll(
    /\blog(?:\)|\])?\.(?:trace|debug|info|warn|error|fatal|child)\(\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}/g,
  );
  return [...calls].flatMap((call) => {
    const line = text.slice(0, call.index).split('\n').length;
    const flat = (call[1] ?? '').replace(/\([^()]*\)/g, '').replace(/\{[^{}]*\}/g, '');
    return flat
      .split(',')
      .map((part) => /^\s*(\w+)\s*(?::|$)/.exec(part)?.[1])
      .filter((field) => field !== undefined)
      .map((field) => ({ field, at: `${file}:${line}` }));
  });
}

describe('the fields of the log', () => {
  const files = globSync('src/server/**/*.ts', { cwd: home }).filter((file) => !/\.test\.ts$|testing/.test(file));
  const fields = files.flatMap(findFields);

  test('that our own lines carry all come through, none is lost in silence', () => {
    expect(fields.length).toBeGreaterThan(50);
    const lost = fields.filter(({ field }) => 'dropped' in cleanFields({ [field]: 1 }, []));
    expect(lost).toEqual([]);
  });
});
