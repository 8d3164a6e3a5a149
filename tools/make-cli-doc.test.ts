import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { cliDocFile, makeCliDoc } from './make-cli-doc.ts';

it('docs/cli.md is what the contract says today (else: node tools/make-cli-doc.ts)', () => {
  expect(readFileSync(cliDocFile, 'utf8') === makeCliDoc()).toBe(true);
});
