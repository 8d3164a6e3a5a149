import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { StorageAway } from '../storage.ts';
import { PIECE_BYTES, putInParts } from './put-in-parts.ts';

test('closes the file it reads when the bucket goes away before its end', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'goalpost-put-'));
  const file = path.join(folder, 'film');
  await writeFile(file, Buffer.alloc(3 * PIECE_BYTES));
  const body = createReadStream(file);
  const away = async () => {
    throw new StorageAway('bucket', '503');
  };
  await expect(putInParts(away, { key: 'a/b', body, mime: 'video/mp4' })).rejects.toThrow(StorageAway);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(body.destroyed).toBe(true);
  expect(body.closed).toBe(true);
  await rm(folder, { recursive: true });
});
