import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runMediaMove } from '#server/entry/operate/media-move.ts';
import { renderer, videoRenderer } from '#server/features/media/index.ts';
import { examineInstallation } from '#server/features/operator/index.ts';
import { runPublishingRound } from '#server/features/publishing/index.ts';
import { says } from '#server/features/publishing/testing.ts';
import { openShelf, restoreBackup, verifyBackup, writeBackup } from '#server/platform/backup/index.ts';
import {
  createDiskStorage,
  type MoveJournal,
  moveMedia,
  openMoveJournal,
  openStorageAlone,
  readPlaces,
  type Storage,
  writePlaces,
} from '#server/platform/storage/index.ts';
import { holdClock, type TestClock } from './clock.ts';
import { useDatabase } from './database.ts';
import { makeTeam, type TestTeam } from './makers.ts';
import { useServer } from './server.ts';
import { hasS3Server, type S3Server, startS3Server } from './servers/s3/index.ts';
import { readVideo } from './videos/index.ts';

describe.skipIf(!hasS3Server())('pictures in a bucket', () => {
  const settings: Record<string, string> = {};
  let s3: S3Server;
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'goalpost-s3-test-'));
    s3 = await startS3Server();
    Object.assign(settings, s3.settings);
  });
  const server = useServer(settings);
  const other = useDatabase();
  let team: TestTeam;
  let clock: TestClock;
  let bucket: Storage;
  let hangUp: () => Promise<void>;

  beforeAll(async () => {
    clock = holdClock(server.test);
    team = await makeTeam(server);
    const { places, close } = openStorageAlone(server.house.config, async () => ({ place: 's3', movingTo: null }));
    if (!places.s3) throw new Error('no bucket');
    bucket = places.s3;
    hangUp = close;
  });
  afterAll(async () => {
    renderer.close();
    videoRenderer.close();
    await hangUp?.();
    await s3?.remove();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(() => s3.start());

  const ws = () => ({ workspaceId: team.workspaceId });
  const upload = async (name: string) => {
    const background = { r: name.length, g: name.charCodeAt(0), b: 80 };
    const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background } })
      .png()
      .toBuffer();
    const file = new File([new Uint8Array(bytes)], `${name}.png`, { type: 'image/png' });
    return team.client.media.upload({ ...ws(), file, alt: name });
  };
  const keysIn = async (storage: Storage) => (await Array.fromAsync(storage.list(), ({ key }) => key)).sort();
  const disk = () => createDiskStorage({ folder: server.house.config.storage.folder });
  const finding = async (check: string) => {
    const { config, log, mail } = server.house;
    const findings = await examineInstallation({ config, log, mail, database: null, keyIds: [] });
    return findings.find((it) => it.check === check);
  };

  test('are kept there and nowhere else, and served whole and by ranges', async () => {
    const medium = await upload('bread');
    expect(await keysIn(bucket)).toContain(`${team.workspaceId}/${medium.id}/original`);
    expect(await keysIn(disk())).toEqual([]);
    const whole = await server.api(medium.url);
    expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'image/png']);
    const bytes = Buffer.from(await whole.arrayBuffer());
    const piece = await server.api(medium.url, { headers: { range: 'bytes=2-5' } });
    expect([piece.status, Buffer.from(await piece.arrayBuffer())]).toEqual([206, bytes.subarray(2, 6)]);
    await team.client.media.remove({ ...ws(), mediumId: medium.id });
    expect((await server.api(medium.url)).status).toBe(404);
    expect(await keysIn(bucket)).toEqual([]);
  });

  test('are answered for with 503 while it is away; posts wait and go out, and health says it', async () => {
    const medium = await upload('waiting');
    const page = await team.client.page.open({ ...ws(), address: 's3-bakery', title: 'Bakery' });
    const media = [{ mediumId: medium.id, alt: 'waiting' }];
    const content = { ...says('With a picture'), parts: [{ text: 'With a picture', media, link: null }] };
    const draft = await team.client.posts.create({ ...ws(), content, variants: [{ channelId: page.channelId }] });
    await s3.stop();
    const answer = await server.api(medium.url);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
    expect(await answer.json()).toMatchObject({ code: 'media-away' });
    await expect(upload('refused')).rejects.toMatchObject({ code: 'media-away', status: 503 });
    const health = await (await server.api('/health')).json();
    expect(health).toMatchObject({ ok: false, reasons: expect.arrayContaining(['media-away']) });
    expect(await finding('bucket')).toMatchObject({
      state: 'problem',
      params: { step: 'write', said: 'ECONNREFUSED' },
    });

    await team.client.posts.publishNow({ ...ws(), postId: draft.id, revision: draft.revision });
    await runPublishingRound(server.house);
    const states = async () =>
      (await team.client.posts.get({ ...ws(), postId: draft.id })).deliveries.map(({ state }) => state);
    expect(await states()).toEqual(['scheduled']);
    await s3.start();
    await clock.advance(10 * 60_000);
    await runPublishingRound(server.house);
    expect(await states()).toEqual(['published']);
    expect((await server.api(medium.url)).status).toBe(200);
    expect(await finding('bucket')).toMatchObject({ state: 'fine' });
  });

  test('come there in parts, and are put together', async () => {
    const film = await readVideo('clip.webm');
    const half = Math.ceil(film.byteLength / 2);
    const begun = { ...ws(), name: 'clip.webm', sizeBytes: film.byteLength };
    const { id: uploadId } = await team.client.uploads.begin(begun);
    for (const offsetBytes of [0, half]) {
      const part = new File([film.slice(offsetBytes, offsetBytes + half)], 'part');
      await team.client.uploads.append({ ...ws(), uploadId, offsetBytes, part });
    }
    expect((await keysIn(bucket)).filter((key) => key.startsWith('uploads/'))).toHaveLength(2);
    const medium = await team.client.uploads.finish({ ...ws(), uploadId });
    expect(medium).toMatchObject({ mime: 'video/webm', name: 'clip' });
    expect((await keysIn(bucket)).filter((key) => key.startsWith('uploads/'))).toEqual([]);
  });

  describe('moved', () => {
    const move = async (
      to: 's3' | 'disk',
      more: { deleteSource?: boolean; journal?: MoveJournal; settleMs?: number } = {},
    ) => {
      const { places, close } = openStorageAlone(server.house.config, async () => ({ place: to, movingTo: null }));
      const journal = more.journal ?? (await openMoveJournal(path.join(folder, `to-${to}.txt`), to));
      try {
        const usual = { settleMs: 0, deleteSource: false };
        return await moveMedia({ ...usual, db: server.test.database, places, to, ...more, journal });
      } finally {
        await close();
      }
    };

    test('go to the disk and back beside the server, and what comes meanwhile is not lost', async () => {
      const before = await upload('before');
      const onItsWay = move('disk', { settleMs: 1_100 });
      await new Promise((resolve) => setTimeout(resolve, 1_050));
      const meanwhile = await upload('meanwhile');
      expect(await keysIn(disk())).toContain(`${team.workspaceId}/${meanwhile.id}/original`);
      const moved = await onItsWay;
      expect(moved.copied).toBe(moved.files);
      expect(await server.test.database.outside(readPlaces)).toEqual({ place: 'disk', movingTo: null });
      for (const { url } of [before, meanwhile]) expect((await server.api(url)).status).toBe(200);
      const after = await upload('after');
      expect(await keysIn(bucket)).not.toContain(`${team.workspaceId}/${after.id}/original`);

      await s3.stop();
      for (const { url } of [before, meanwhile, after]) expect((await server.api(url)).status).toBe(200);
      await s3.start();

      const all = await keysIn(disk());
      const back = await move('s3', { deleteSource: true });
      expect(back.files).toBe(all.length);
      // What lay in the bucket still was the same, and is read back but not sent again.
      expect(back.copied).toBeLessThan(all.length);
      expect(back.deleted).toBe(all.length);
      expect([await keysIn(disk()), await keysIn(bucket)]).toEqual([[], all]);
      for (const { url } of [before, meanwhile, after]) expect((await server.api(url)).status).toBe(200);
    });

    test('go on after a kill without copying again what was read back', async () => {
      const medium = await upload('killed');
      const file = path.join(folder, 'killed.txt');
      const journal = await openMoveJournal(file, 'disk');
      let left = 2;
      const dying: MoveJournal = {
        ...journal,
        async note(key) {
          if (left === 0) throw new Error('killed');
          left -= 1;
          await journal.note(key);
        },
      };
      await expect(move('disk', { journal: dying })).rejects.toThrow('killed');
      expect(await server.test.database.outside(readPlaces)).toEqual({ place: 's3', movingTo: 'disk' });
      expect((await server.api(medium.url)).status).toBe(200);
      const again = await openMoveJournal(file, 'disk');
      const noted: string[] = [];
      const counting: MoveJournal = {
        ...again,
        async note(key) {
          noted.push(key);
          await again.note(key);
        },
      };
      const moved = await move('disk', { journal: counting });
      expect(noted).toHaveLength(moved.files - 2);
      expect(await server.test.database.outside(readPlaces)).toEqual({ place: 'disk', movingTo: null });
      await server.test.database.outside((tx) => writePlaces(tx, { place: 's3', movingTo: null }));
    });

    test('stop and delete nothing when a file does not read back as it was written', async () => {
      const { places, close } = openStorageAlone(server.house.config, async () => ({ place: 'disk', movingTo: null }));
      const bad: Storage = {
        ...places.disk,
        put: (key, _body, meta) => places.disk.put(key, new Uint8Array([1]), meta),
      };
      const journal = await openMoveJournal(path.join(folder, 'bad.txt'), 'bad');
      const all = await keysIn(bucket);
      await rm(server.house.config.storage.folder, { recursive: true, force: true });
      const moving = moveMedia({
        settleMs: 0,
        deleteSource: true,
        db: server.test.database,
        places: { ...places, disk: bad },
        to: 'disk',
        journal,
      });
      await expect(moving).rejects.toThrow('did not read back');
      await close();
      expect(await keysIn(bucket)).toEqual(all);
      expect((await server.test.database.outside(readPlaces))?.place).toBe('s3');
      await rm(server.house.config.storage.folder, { recursive: true, force: true });
      await server.test.database.outside((tx) => writePlaces(tx, { place: 's3', movingTo: null }));
    });
  });

  test('are in a backup and come back into a bucket', async () => {
    await upload('kept');
    const media = openShelf(server.house.config);
    const file = path.join(folder, 'backup.tar');
    const made = await writeBackup({ ownerUrl: server.test.ownerUrl, file, version: '0', media, key: null });
    const all = await keysIn(bucket);
    expect(made.media).toBe(all.length);
    await media.close();
    const elsewhere = { ...server.house.config.storage, folder: path.join(folder, 'elsewhere') };
    if (!elsewhere.s3) throw new Error('no bucket');
    const there = openShelf({ storage: { ...elsewhere, s3: { ...elsewhere.s3, prefix: 'restored/' } } });
    await restoreBackup({ file, verified: await verifyBackup(file), ownerUrl: other.ownerUrl, media: there });
    expect((await Array.fromAsync(there.keys())).sort()).toEqual(all);
    await there.close();
    expect(await readdir(elsewhere.folder).catch(() => [])).toEqual([]);
  });

  test('are moved by the command', async () => {
    const { ownerUrl, appUrl } = server.test;
    const config = { ...server.house.config, database: { kind: 'external', ownerUrl, appUrl } as const };
    const said: string[] = [];
    const say = (line: string) => void said.push(line);
    expect(await runMediaMove({ args: ['--to', 'disk', '--delete-source'], config, json: true, say })).toBe(0);
    const { files, deleted } = JSON.parse(said.join('')) as { files: number; deleted: number };
    expect([files, deleted]).toEqual([(await keysIn(disk())).length, files]);
    expect(await keysIn(bucket)).toEqual([]);
    await server.test.database.outside((tx) => writePlaces(tx, { place: 's3', movingTo: null }));
  });
});
