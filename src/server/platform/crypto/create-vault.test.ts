import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createVault, loadKeys, parseKey, type SealedPlace } from './index.ts';

const newKey = () => parseKey(randomBytes(32).toString('base64'));
const place: SealedPlace = { workspaceId: 'w1', table: 'connection', column: 'credential', rowId: 'c1' };
const CANARY = 'canary-app-password';

describe('the vault', () => {
  test('opens what it sealed, and shows nothing of it meanwhile', () => {
    const vault = createVault({ keys: [newKey()] });
    const sealed = vault.seal(`${CANARY} ไทย`, place);
    expect(vault.open(sealed, place)).toBe(`${CANARY} ไทย`);
    expect(sealed).not.toContain(CANARY);
    expect(Buffer.from(sealed.split('.')[3] ?? '', 'base64url').toString('latin1')).not.toContain(CANARY);
    expect(vault.seal('x', place)).not.toBe(vault.seal('x', place));
  });

  test.each([
    ['workspace', { ...place, workspaceId: 'w2' }],
    ['table', { ...place, table: 'channel' }],
    ['column', { ...place, column: 'note' }],
    ['row', { ...place, rowId: 'c2' }],
    ['border between the parts', { ...place, table: 'connection|credential', column: '' }],
  ])('does not open a value moved to another %s', (_what, elsewhere) => {
    const vault = createVault({ keys: [newKey()] });
    const sealed = vault.seal(CANARY, place);
    expect(() => vault.open(sealed, elsewhere)).toThrow(expect.objectContaining({ code: 'tampered' }));
  });

  test('does not open a value when any one of its bytes was changed', () => {
    const vault = createVault({ keys: [newKey()] });
    const [version, keyId, nonce, text] = vault.seal('four', place).split('.');
    for (const [part, rebuild] of [
      [nonce, (changed: string) => [version, keyId, changed, text]],
      [text, (changed: string) => [version, keyId, nonce, changed]],
    ] as const) {
      const bytes = Buffer.from(part ?? '', 'base64url');
      for (let at = 0; at < bytes.byteLength; at++) {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
        const sealed = rebuild(changed.toString('base64url')).join('.');
        expect(() => vault.open(sealed, place)).toThrow(expect.objectContaining({ code: 'tampered' }));
      }
    }
  });

  test('says which key is missing and what to do, without a word of the value', () => {
    const [old, other] = [newKey(), newKey()];
    const sealed = createVault({ keys: [old] }).seal(CANARY, place);
    const open = () => createVault({ keys: [other] }).open(sealed, place);
    expect(open).toThrow(expect.objectContaining({ code: 'key-unknown' }));
    expect(open).toThrow(new RegExp(`sealed with key ${old.id}.*Put the old key back`));
  });

  test('opens with an older key and seals with the current one', () => {
    const [old, current] = [newKey(), newKey()];
    const sealed = createVault({ keys: [old] }).seal(CANARY, place);
    const vault = createVault({ keys: [current, old] });
    expect(vault.open(sealed, place)).toBe(CANARY);
    expect(vault.isOutdated(sealed)).toBe(true);
    expect(vault.isOutdated(vault.seal(CANARY, place))).toBe(false);
  });

  test.each(['', 'plain text', 'v2.a.b.c', 'v1.aaaaaaaa.AAAAAAAAAAAAAAAA.AAAA'])('refuses %j as not sealed', (text) => {
    const vault = createVault({ keys: [newKey()] });
    expect(() => vault.open(text, place)).toThrow(expect.objectContaining({ code: 'malformed' }));
  });

  test('derives another key for every purpose, the same one each time', () => {
    const key = newKey();
    const [vault, again] = [createVault({ keys: [key] }), createVault({ keys: [key] })];
    expect(vault.derive('sessions')).toEqual(again.derive('sessions'));
    expect(vault.derive('sessions')).not.toEqual(vault.derive('links'));
    expect(vault.derive('sessions')).not.toEqual(key.bytes);
  });
});

describe('the key file', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'goalpost-key-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('is made once, for its owner only', async () => {
    const path = join(folder, 'data', 'key');
    const first = await loadKeys({ kind: 'file', path });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await loadKeys({ kind: 'file', path })).toEqual(first);
    expect(await readdir(join(folder, 'data'))).toEqual(['key']);
  });

  test('is the same for processes that start at once', async () => {
    const path = join(folder, 'key');
    const all = await Promise.all(Array.from({ length: 8 }, () => loadKeys({ kind: 'file', path })));
    expect(new Set(all.map(([key]) => key?.id)).size).toBe(1);
  });

  test('is never replaced when it cannot be understood', async () => {
    const path = join(folder, 'key');
    for (const text of ['', '# nothing\n', 'not a key\n']) {
      await writeFile(path, text);
      await expect(loadKeys({ kind: 'file', path })).rejects.toMatchObject({ code: 'key-unreadable' });
      expect(await readFile(path, 'utf8')).toBe(text);
    }
  });

  test('may hold older keys below the current one', async () => {
    const path = join(folder, 'key');
    const [current, old] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
    await writeFile(path, `${current}\n${old}\n`);
    const keys = await loadKeys({ kind: 'file', path });
    expect(keys.map((key) => key.id)).toEqual([parseKey(current).id, parseKey(old).id]);
  });
});
