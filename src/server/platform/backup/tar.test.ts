import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { archiveName, createArchive } from './archive-writer.ts';
import { readTar, TarBroken } from './tar.ts';

const run = promisify(execFile);
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'goalpost-tar-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function make(files: readonly (readonly [string, Buffer])[], name = 'a.tar'): Promise<Buffer> {
  const file = path.join(folder, name);
  const archive = await createArchive(file, new Date('2026-11-23T10:00:00Z'));
  for (const [entry, body] of files) await archive.add(entry, body);
  await archive.close();
  await archive.keep();
  return readFile(file);
}

/** In pieces of a length, however that falls. */
async function* inPieces(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.byteLength; at += length) yield bytes.subarray(at, at + length);
}

async function readAll(bytes: Buffer, length = 700): Promise<[string, Buffer][]> {
  const found: [string, Buffer][] = [];
  for await (const { name, body } of readTar(inPieces(bytes, length))) {
    const pieces: Buffer[] = [];
    for await (const piece of body) pieces.push(piece);
    found.push([name, Buffer.concat(pieces)]);
  }
  return found;
}

describe('an archive', () => {
  test('comes out as it went in, in whatever pieces it is read', async () => {
    const name = fc.stringMatching(/^[a-z0-9]{1,60}$/);
    const files = fc.array(fc.tuple(name, fc.uint8Array({ maxLength: 2_000 })), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(files, fc.integer({ min: 1, max: 3_000 }), async (list, length) => {
        const entries = list.map(([entry, body], at) => [`${at}/${entry}`, Buffer.from(body)] as const);
        expect(await readAll(await make(entries), length)).toEqual(entries);
      }),
      { numRuns: 60 },
    );
  });

  test('is refused when any one byte of what stands before a file was changed', async () => {
    const whole = await make([['goalpost-backup.json', Buffer.from('{}')]]);
    for (let spot = 0; spot < 512; spot += 1) {
      const spoilt = Buffer.from(whole);
      spoilt.writeUInt8(spoilt.readUInt8(spot) ^ 1, spot);
      await expect(readAll(spoilt), `byte ${spot}`).rejects.toThrow(TarBroken);
    }
  });

  test('is read by tar itself, long names and all', async () => {
    const deep = `media/${'a'.repeat(36)}/${'b'.repeat(36)}/${'c'.repeat(90)}.webp`;
    await make([
      ['goalpost-backup.json', Buffer.from('{}')],
      [deep, Buffer.alloc(1_025, 7)],
    ]);
    const { stdout } = await run('tar', ['-tf', path.join(folder, 'a.tar')]);
    expect(stdout.trim().split('\n')).toEqual(['goalpost-backup.json', deep]);
    const out = path.join(folder, 'out');
    await run('mkdir', ['-p', out]);
    await run('tar', ['-xf', path.join(folder, 'a.tar'), '-C', out]);
    expect(await readFile(path.join(out, deep))).toEqual(Buffer.alloc(1_025, 7));
  });

  test('has another name for what has no room in it', () => {
    expect(archiveName('media', 'w/m/original.webp')).toBe('media/w/m/original.webp');
    expect(archiveName('media', `${'a'.repeat(100)}/${'b'.repeat(100)}/${'c'.repeat(100)}`)).toMatch(
      /^media-long\/[0-9a-f]{64}$/,
    );
  });

  test('that is cut short anywhere is refused, never read as a shorter one', async () => {
    const whole = await make([
      ['one', Buffer.alloc(700, 1)],
      ['two', Buffer.alloc(10, 2)],
    ]);
    const ends = whole.byteLength - 1_024;
    for (let at = 0; at < ends; at += 61)
      await expect(readAll(whole.subarray(0, at)), `cut at ${at}`).rejects.toThrow(TarBroken);
  });

  test('of anything else than plain files is refused', async () => {
    await run('mkdir', ['-p', path.join(folder, 'dir')]);
    await run('ln', ['-sf', '/etc/passwd', path.join(folder, 'dir', 'link')]);
    await run('tar', ['-cf', path.join(folder, 'links.tar'), '-C', path.join(folder, 'dir'), 'link']);
    await expect(readAll(await readFile(path.join(folder, 'links.tar')))).rejects.toThrow(TarBroken);
    await writeFile(path.join(folder, 'words'), 'no archive at all, but long enough to be a block. '.repeat(20));
    await expect(readAll(await readFile(path.join(folder, 'words')))).rejects.toThrow(TarBroken);
  });

  test('leaves nothing under its name, and no draft, when it is given up', async () => {
    const file = path.join(folder, 'given-up.tar');
    const archive = await createArchive(file, new Date());
    await archive.add('one', Buffer.from('1'));
    await archive.drop();
    await expect(readFile(file)).rejects.toThrow('ENOENT');
    await expect(archive.add('two', { sizeBytes: 3, stream: inPieces(Buffer.from('1'), 1) })).rejects.toThrow();
  });
});
