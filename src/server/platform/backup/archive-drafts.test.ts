import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createArchive } from './archive-writer.ts';

let folder = '';
const at = (name: string): string => path.join(folder, name);
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'goalpost-drafts-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** More than any system gives out. */
const gone = 2 ** 30;

test('a backup takes away what killed ones left in the folder, and nothing that is still being made', async () => {
  const left = [`.goalpost-2026-11-22T031500Z.tar.${gone}.part`, `.before-restore-1.tar.${gone}.part`];
  const made = [
    `.goalpost-2026-11-22T031501Z.tar.${process.ppid}.part`,
    `.mine.tar.${gone}.part`,
    'goalpost-mine.part',
  ];
  for (const name of [...left, ...made]) {
    await writeFile(at(name), '');
    await utimes(at(name), new Date(0), new Date(0));
  }
  const elsewhere = `.goalpost-2026-11-22T031502Z.tar.${gone}.part`;
  await writeFile(at(elsewhere), '');
  const archive = await createArchive(at('goalpost-2026-11-23T031500Z.tar'), new Date());
  await utimes(at(`.goalpost-2026-11-23T031500Z.tar.${process.pid}.part`), new Date(0), new Date(0));
  await (await createArchive(at('another.tar'), new Date())).drop();
  const own = `.goalpost-2026-11-23T031500Z.tar.${process.pid}.part`;
  expect((await readdir(folder)).sort()).toEqual([...made, elsewhere, own].sort());
  await archive.drop();
  expect(await readdir(folder)).not.toContain(own);
});

test('a backup that is broken off by hand leaves no draft, and ends as it was told', async () => {
  const writer = path.join(import.meta.dirname, 'archive-writer.ts');
  const code = `const { createArchive } = await import(${JSON.stringify(writer)});
    await createArchive(${JSON.stringify(at('a.tar'))}, new Date());
    console.log('begun'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  expect(await readdir(folder)).toHaveLength(1);
  child.kill('SIGTERM');
  expect((await ended)[1]).toBe('SIGTERM');
  expect(await readdir(folder)).toEqual([]);
});

test('a process that listens for no backup is left with the listeners it had', async () => {
  const before = process.listenerCount('SIGTERM');
  const archive = await createArchive(at('a.tar'), new Date());
  expect(process.listenerCount('SIGTERM')).toBe(before + 1);
  await archive.close();
  await archive.keep();
  expect(process.listenerCount('SIGTERM')).toBe(before);
});
