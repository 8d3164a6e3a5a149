import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { UPLOADS } from '#server/platform/storage/index.ts';
import { holdClock, type TestClock } from '#test/clock.ts';
import { makeMember, makeTeam, type TestTeam } from '#test/makers.ts';
import { type TestClient, useServer } from '#test/server.ts';
import { readVideo } from '#test/videos/index.ts';
import { renderer, videoRenderer } from '../index.ts';
import { clearUploads } from './clear-uploads.ts';

const server = useServer();
let clock: TestClock;
let team: TestTeam;
let film: Uint8Array;

beforeAll(async () => {
  clock = holdClock(server.test);
  film = await readVideo('telephone.mov');
});
beforeEach(async () => {
  team = await makeTeam(server);
});
afterAll(() => {
  renderer.close();
  videoRenderer.close();
});

const ws = () => ({ workspaceId: team.workspaceId });
const begin = (client: TestClient, sizeBytes = film.byteLength) =>
  client.uploads.begin({ ...ws(), name: 'kneading.mov', sizeBytes });
const append = (client: TestClient, uploadId: string, offsetBytes: number, bytes: Uint8Array) =>
  client.uploads.append({ ...ws(), uploadId, offsetBytes, part: new File([new Uint8Array(bytes)], 'part') });
const keptParts = async () => Array.fromAsync(server.house.storage.list(UPLOADS), ({ key }) => key);

const leave = (key: string) => server.house.storage.put(key, film.subarray(0, 10), { mime: 'x/y' });

describe('an upload in parts', () => {
  test('goes on from what has arrived, and is the same video as one that came whole', async () => {
    const { client } = team;
    const cut = [0, Math.floor(film.byteLength / 3), Math.floor(film.byteLength / 2), film.byteLength];
    let upload = await begin(client);
    expect(upload).toMatchObject({ offsetBytes: 0, sizeBytes: film.byteLength, mediumId: null });
    for (const [i, from] of cut.slice(0, -1).entries()) {
      upload = await append(client, upload.id, from, film.subarray(from, cut[i + 1]));
      // After a reload one asks how far it is.
      expect(await client.uploads.get({ ...ws(), uploadId: upload.id })).toMatchObject({ offsetBytes: cut[i + 1] });
    }
    const medium = await client.uploads.finish({ ...ws(), uploadId: upload.id, alt: 'Kneading' });
    expect(medium).toMatchObject({ name: 'kneading', mime: 'video/mp4', alt: 'Kneading' });
    const whole = await client.media.upload({
      ...ws(),
      file: new File([new Uint8Array(film)], 'kneading.mov'),
      alt: 'Kneading',
    });
    // Byte for byte they differ by the time at which each was written anew.
    const { sizeBytes, video, width, height } = whole;
    expect(medium).toMatchObject({ sizeBytes, video, width, height });
    expect(await keptParts()).toEqual([]);
    // An answer that was lost: finished again it is the same one.
    expect((await client.uploads.finish({ ...ws(), uploadId: upload.id })).id).toBe(medium.id);
    expect((await client.media.list(ws())).items).toHaveLength(2);
  });

  test('takes no part twice, and says where it stands', async () => {
    const { client } = team;
    const { id } = await begin(client);
    await append(client, id, 0, film.subarray(0, 1_000));
    const again = await append(client, id, 0, film.subarray(0, 1_000)).catch((error: unknown) => error);
    expect(again).toMatchObject({ code: 'upload-elsewhere', data: { current: { offsetBytes: 1_000 } } });
    const [one, two] = await Promise.allSettled([
      append(client, id, 1_000, film.subarray(1_000, 2_000)),
      append(client, id, 1_000, film.subarray(1_000, 3_000)),
    ]);
    expect([one.status, two.status].sort()).toEqual(['fulfilled', 'rejected']);
    expect(await keptParts()).toHaveLength(2);
    await expect(client.uploads.finish({ ...ws(), uploadId: id })).rejects.toMatchObject({ code: 'upload-elsewhere' });
    await client.uploads.cancel({ ...ws(), uploadId: id });
    expect(await keptParts()).toEqual([]);
    await expect(client.uploads.get({ ...ws(), uploadId: id })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('belongs to who began it', async () => {
    const { client: other } = await makeMember(server, team.workspaceId, 'manager');
    const { id } = await begin(team.client);
    const uploadId = id;
    for (const call of [
      () => other.uploads.get({ ...ws(), uploadId }),
      () => append(other, id, 0, film.subarray(0, 100)),
      () => other.uploads.finish({ ...ws(), uploadId }),
      () => other.uploads.cancel({ ...ws(), uploadId }),
    ])
      await expect(call()).rejects.toMatchObject({ code: 'not-found' });
  });

  test('is refused at its beginning when it is too large, or too much is under way', async () => {
    const { client } = team;
    const MB = 1024 * 1024;
    await expect(begin(client, 300 * MB + 1)).rejects.toMatchObject({ code: 'medium-too-large' });
    for (let n = 0; n < 3; n += 1) await begin(client, 300 * MB);
    await expect(begin(client, 300 * MB)).rejects.toMatchObject({ code: 'uploads-full' });
    // One person leaves room for others.
    const { client: other } = await makeMember(server, team.workspaceId, 'editor');
    for (let n = 0; n < 3; n += 1) await begin(other, 300 * MB);
    const { client: third } = await makeMember(server, team.workspaceId, 'editor');
    await expect(begin(third, 300 * MB)).rejects.toMatchObject({ code: 'uploads-full' });
  });

  test('is refused when the disk could not hold it beside what was promised to uploads of others', async () => {
    const elsewhere = await makeTeam(server);
    const promised = await elsewhere.client.uploads.begin({
      workspaceId: elsewhere.workspaceId,
      name: '',
      sizeBytes: 9,
    });
    const promise = (sizeBytes: number) =>
      server.house.db.inWorkspace(elsewhere.workspaceId, (tx) =>
        sql`UPDATE upload SET size_bytes = ${sizeBytes} WHERE id = ${promised.id}`.execute(tx),
      );
    await promise(2 ** 52);
    await expect(begin(team.client)).rejects.toMatchObject({ code: 'no-room' });
    await promise(9);
    await begin(team.client);
  });

  test('is gone when its file is refused for good, with what had arrived', async () => {
    const { client } = team;
    const broken = film.map((byte, at) => (at < 100 ? byte : 7));
    const { id } = await begin(client, broken.byteLength);
    await append(client, id, 0, broken);
    await expect(client.uploads.finish({ ...ws(), uploadId: id })).rejects.toMatchObject({
      code: 'medium-unsupported',
    });
    await expect(client.uploads.get({ ...ws(), uploadId: id })).rejects.toMatchObject({ code: 'not-found' });
    expect(await keptParts()).toEqual([]);
  });

  test('is refused by its first part when it is no picture or video, or too large for a picture', async () => {
    const { client } = team;
    const MB = 1024 * 1024;
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    for (const [head, code] of [
      [new TextEncoder().encode('<html>'), 'medium-unsupported'],
      [png, 'medium-too-large'],
    ] as const) {
      const { id } = await begin(client, 26 * MB);
      await expect(append(client, id, 0, head)).rejects.toMatchObject({ code });
      await expect(client.uploads.get({ ...ws(), uploadId: id })).rejects.toMatchObject({ code: 'not-found' });
    }
    expect(await keptParts()).toEqual([]);
    const { id } = await begin(client);
    await expect(append(client, id, 0, new Uint8Array())).rejects.toMatchObject({ code: 'input-invalid' });
  });

  test('is gone a day after its last part, with what had arrived', async () => {
    const { client } = team;
    const { id } = await begin(client);
    await append(client, id, 0, film.subarray(0, 1_000));
    await clearUploads(server.house);
    expect(await keptParts()).toHaveLength(1);
    await clock.advance(25 * 60 * 60_000);
    await expect(client.uploads.get({ ...ws(), uploadId: id })).rejects.toMatchObject({ code: 'not-found' });
    await clearUploads(server.house);
    expect(await keptParts()).toEqual([]);
    // What a crash left in the storage alone.
    await leave(`${UPLOADS}${team.workspaceId}/${randomUUID()}/000000000000-${randomUUID()}`);
    await clearUploads(server.house, new Date(Date.now() + 51 * 60 * 60_000));
    expect(await keptParts()).toEqual([]);
  });

  test('that takes longer than two days keeps its first parts', async () => {
    const { client } = team;
    const { id } = await begin(client);
    await append(client, id, 0, film.subarray(0, 1_000));
    await clearUploads(server.house, new Date(Date.now() + 51 * 60 * 60_000));
    expect(await keptParts()).toHaveLength(1);
    await client.uploads.cancel({ ...ws(), uploadId: id });
  });

  test('is all that is cleared: what another program keeps beside it stays', async () => {
    const keys = [`${UPLOADS}2024/a.jpg`, `${UPLOADS}left/over`, `${UPLOADS}${team.workspaceId}/${randomUUID()}/a.jpg`];
    for (const key of keys) await leave(key);
    await clearUploads(server.house, new Date(Date.now() + 51 * 60 * 60_000));
    for (const key of keys) expect(await server.house.storage.exists(key)).toBe(true);
    for (const key of keys) await server.house.storage.delete(key);
  });
});
