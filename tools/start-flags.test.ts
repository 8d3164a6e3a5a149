import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const flags = createRequire(import.meta.url)('./start-flags.cjs') as string[];
const read = (file: string) => readFileSync(path.join(import.meta.dirname, '..', file), 'utf8');
const program = 'src/server/entry/main.ts';

describe('however Goalpost is started, its Node has the same flags', () => {
  it('in the image', () => {
    const [, command = '[]'] = /^CMD (\[.*\])$/m.exec(read('Dockerfile')) ?? [];
    expect(JSON.parse(command)).toEqual(['node', ...flags, program]);
  });

  it('as a service of systemd', () => {
    const [, command = ''] = /^ExecStart=(.*)$/m.exec(read('deploy/goalpost.service')) ?? [];
    const [node, ...words] = command.split(' ');
    expect(path.basename(node ?? '')).toBe('node');
    expect(words).toEqual([...flags, program]);
  });
});

it('the image has all that runs before anything is installed', () => {
  const [, copied = ''] = /^COPY (tools\/run\.cjs .*) tools\/$/m.exec(read('Dockerfile')) ?? [];
  const needed = ['run.cjs'];
  for (const file of needed)
    for (const [, name = ''] of read(`tools/${file}`).matchAll(/require\('\.\/([\w-]+\.cjs)'\)/g))
      if (!needed.includes(name)) needed.push(name);
  expect(copied.split(' ')).toEqual(expect.arrayContaining(needed.map((name) => `tools/${name}`)));
});
