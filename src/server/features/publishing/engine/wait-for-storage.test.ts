import { expect, test } from 'vitest';
import { ok } from '#connectors/kit/faults.ts';
import { createLog } from '#server/platform/log/index.ts';
import { StorageAway } from '#server/platform/storage/index.ts';
import { waitForStorage } from './wait-for-storage.ts';

const context = { log: createLog({ level: 'silent' }) };

test('a place of pictures that is away is waited for; any other throw stays one', async () => {
  const away = waitForStorage(context, () => Promise.reject(new StorageAway('bucket', '503')));
  expect(await away).toMatchObject({ ok: false, fault: { kind: 'temporarily-down' } });
  await expect(waitForStorage(context, () => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug');
  expect(await waitForStorage(context, async () => ok(1))).toEqual(ok(1));
});
