import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Medium } from '#contract/media.ts';
import { readConfig } from '#server/platform/config/index.ts';
import type { House, WorkspaceContext } from '#server/platform/context/index.ts';
import { createLog } from '#server/platform/log/index.ts';
import { createDiskStorage } from '#server/platform/storage/index.ts';
import { useDatabase } from '#test/database.ts';
import {
  createMediaApp,
  findMediumFacts,
  mediaRoutes,
  registerMediaUse,
  renderer,
  renderForeignImage,
  renderMedium,
} from './index.ts';

const testDatabase = useDatabase();
const { list, upload, get, update, remove } = mediaRoutes.media;
let folder = '';
let house: House;
let context: WorkspaceContext;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'goalpost-media-'));
  // This slice asks the house for nothing else.
  house = {
    config: readConfig({}),
    db: testDatabase.database,
    storage: createDiskStorage({ folder }),
    log: createLog({ level: 'silent' }),
  } as House;
});
beforeEach(async () => {
  context = await openWorkspace();
});
afterAll(async () => {
  renderer.close();
  await rm(folder, { recursive: true });
});

async function openWorkspace(): Promise<WorkspaceContext> {
  const workspaceId = randomUUID() as WorkspaceContext['workspaceId'];
  const inWorkspace: WorkspaceContext['inWorkspace'] = (work) => house.db.inWorkspace(workspaceId, work);
  await inWorkspace((tx) =>
    sql`INSERT INTO workspace (id, name, language, zone) VALUES (${workspaceId}, 'Bakery', 'en', 'UTC')`.execute(tx),
  );
  const personId = 'p1' as WorkspaceContext['personId'];
  const caller = {
    personId,
    isOperator: false,
    address: '127.0.0.1',
    sessionId: null,
    apiKeyId: null,
    keyWorkspaceId: null,
    language: 'en',
    requestId: 'r1',
    origin: 'http://localhost',
  } as const;
  return {
    house,
    log: house.log,
    workspaceId,
    role: 'editor',
    inWorkspace,
    enterWorkspace: house.db.inWorkspace,
    ...caller,
  };
}

const noise = (width: number, height: number) =>
  sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } });

async function fileOf(bytes: Uint8Array | string, name = 'Bread.png', type = 'image/png'): Promise<File> {
  return new File([new Uint8Array(typeof bytes === 'string' ? Buffer.from(bytes) : bytes)], name, { type });
}

async function uploadPicture(name = 'Bread.png', more: { alt?: string } = {}) {
  const file = await fileOf(await noise(64, 48).png().toBuffer(), name);
  return Medium.parse(await upload(context, { workspaceId: context.workspaceId, file, alt: more.alt ?? '' }));
}

describe('uploading', () => {
  test('keeps the picture with its words, and gives it back', async () => {
    const medium = await uploadPicture('Fresh bread.png', { alt: 'Three loaves' });
    expect(medium).toMatchObject({
      name: 'Fresh bread',
      alt: 'Three loaves',
      mime: 'image/png',
      width: 64,
      height: 48,
    });
    const where = { workspaceId: context.workspaceId, mediumId: medium.id };
    expect(Medium.parse(await get(context, where))).toEqual(medium);
    expect((await update(context, { ...where, alt: 'Four loaves' })).alt).toBe('Four loaves');
  });

  test('believes the bytes and not the name', async () => {
    const jpeg = await noise(20, 20).jpeg().toBuffer();
    const file = await fileOf(jpeg, 'page.html', 'text/html');
    expect((await upload(context, { workspaceId: context.workspaceId, file, alt: '' })).mime).toBe('image/jpeg');
  });

  test.each([
    ['a page', '<html><script>alert(1)</script>', 'unknown'],
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'unknown'],
    ['an iPhone’s HEIC', '\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'heic'],
    ['a broken picture', '\u0000', 'unknown'],
    ['half a GIF', 'GIF89a', 'unreadable'],
  ])('refuses %s with the advice for it, and keeps nothing', async (_what, text, advice) => {
    const file = await fileOf(text);
    await expect(upload(context, { workspaceId: context.workspaceId, file, alt: '' })).rejects.toMatchObject({
      code: 'medium-unsupported',
      params: { context: advice },
    });
    expect((await readdir(folder)).includes(context.workspaceId)).toBe(false);
  });

  test('refuses what is too large, in bytes and in pixels', async () => {
    const many = await fileOf(new Uint8Array(25 * 1024 * 1024 + 1));
    const wide = await fileOf(
      await sharp({ create: { width: 9_000, height: 9_000, channels: 3, background: '#fff' } })
        .png()
        .toBuffer(),
    );
    for (const [file, what] of [
      [many, 'bytes'],
      [wide, 'pixels'],
    ] as const) {
      await expect(upload(context, { workspaceId: context.workspaceId, file, alt: '' })).rejects.toMatchObject({
        code: 'medium-too-large',
        params: { context: what },
      });
    }
  });

  test('leaves no file behind when the row cannot be written', async () => {
    const broken = { ...context, inWorkspace: () => Promise.reject(new Error('database gone')) };
    const file = await fileOf(await noise(8, 8).png().toBuffer());
    await expect(upload(broken, { workspaceId: context.workspaceId, file, alt: '' })).rejects.toThrow('database gone');
    const files = await readdir(join(folder, context.workspaceId), { recursive: true, withFileTypes: true });
    expect(files.filter((entry) => entry.isFile())).toEqual([]);
  });
});

test('lists newest first, page after page, each picture once', async () => {
  const made: string[] = [];
  for (const name of ['a', 'b', 'c', 'd', 'e']) made.unshift((await uploadPicture(`${name}.png`)).name);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await list(context, { workspaceId: context.workspaceId, limit: 2, cursor });
    seen.push(...page.items.map((medium) => medium.name));
    cursor = page.next;
  } while (cursor);
  expect(seen).toEqual(made);
});

test('a stranger finds nothing and changes nothing', async () => {
  const medium = await uploadPicture();
  const stranger = await openWorkspace();
  const where = { workspaceId: stranger.workspaceId, mediumId: medium.id };
  for (const attempt of [
    () => get(stranger, where),
    () => update(stranger, { ...where, alt: 'x' }),
    () => remove(stranger, where),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: 'not-found' });
  }
  expect((await list(stranger, { workspaceId: stranger.workspaceId, limit: 50, cursor: undefined })).items).toEqual([]);
  const place = { workspaceId: stranger.workspaceId, mediumId: medium.id };
  expect(await renderMedium(stranger, { ...place, maxBytes: 1e6, maxEdge: 100, mimes: ['image/png'] })).toEqual({
    ok: false,
    failure: 'gone',
  });
  expect((await get(context, { workspaceId: context.workspaceId, mediumId: medium.id })).alt).toBe('');
});

test('a picture in use stays, and goes with its files when nothing uses it any more', async () => {
  const medium = await uploadPicture();
  const where = { workspaceId: context.workspaceId, mediumId: medium.id };
  const strange = randomUUID();
  const use = { workspaceId: context.workspaceId, kind: 'post', userId: 'post1' } as const;
  const registered = await context.inWorkspace((tx) =>
    registerMediaUse(tx, { ...use, mediumIds: [medium.id, medium.id, strange] }),
  );
  expect(registered).toEqual({ unknownIds: [strange] });
  await expect(remove(context, where)).rejects.toMatchObject({ code: 'medium-in-use' });
  await context.inWorkspace((tx) => registerMediaUse(tx, { ...use, mediumIds: [] }));
  await remove(context, where);
  await expect(get(context, where)).rejects.toMatchObject({ code: 'not-found' });
  expect((await createMediaApp(house).request(medium.url.replace('/media', ''))).status).toBe(404);
});

test('gives the rule book the facts of pictures it knows', async () => {
  const medium = await uploadPicture();
  const facts = await context.inWorkspace((tx) => findMediumFacts(tx, [medium.id, randomUUID()]));
  expect([...facts]).toEqual([[medium.id, { mime: 'image/png', sizeBytes: medium.sizeBytes, width: 64, height: 48 }]]);
});

test('renders for a network: as kept when it fits, smaller when it does not', async () => {
  const medium = await uploadPicture('x.png', { alt: 'Words' });
  const place = { workspaceId: context.workspaceId, mediumId: medium.id };
  const asKept = await renderMedium(context, {
    ...place,
    maxBytes: 1e6,
    maxEdge: 100,
    mimes: ['image/jpeg', 'image/png'],
  });
  expect(asKept).toMatchObject({ ok: true, alt: 'Words', picture: { mime: 'image/png', width: 64 } });
  expect(asKept.ok && asKept.picture.bytes.byteLength).toBe(medium.sizeBytes);
  const fitted = await renderMedium(context, { ...place, maxBytes: 2_500, maxEdge: 100, mimes: ['image/jpeg'] });
  expect(fitted).toMatchObject({ ok: true, picture: { mime: 'image/jpeg' } });
  expect(fitted.ok && fitted.picture.bytes.byteLength).toBeLessThanOrEqual(2_500);
});

test('renders a picture from elsewhere as a JPEG, and nothing of what is none', async () => {
  const webp = new Uint8Array(await noise(900, 300).webp().toBuffer());
  const rendered = await renderForeignImage(context, { bytes: webp, maxBytes: 50_000, maxEdge: 600 });
  expect(rendered?.mime).toBe('image/jpeg');
  expect(rendered?.bytes.byteLength).toBeLessThanOrEqual(50_000);
  for (const text of ['<html>', '<svg/>', 'GIF89a', '']) {
    const bytes = new TextEncoder().encode(text);
    expect(await renderForeignImage(context, { bytes, maxBytes: 50_000, maxEdge: 600 })).toBeNull();
  }
});

describe('serving', () => {
  test('gives a type of ours, forbids every script, and may be kept for good', async () => {
    const medium = await uploadPicture();
    const app = createMediaApp(house);
    const answer = await app.request(medium.url.replace('/media', ''));
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect((await answer.bytes()).byteLength).toBe(medium.sizeBytes);
    const etag = answer.headers.get('etag') ?? '';
    expect((await app.request(medium.url.replace('/media', ''), { headers: { 'If-None-Match': etag } })).status).toBe(
      304,
    );
    const thumbnail = await app.request(medium.thumbnailUrl.replace('/media', ''));
    expect(thumbnail.headers.get('content-type')).toBe('image/webp');
  });

  test.each(['/a/b/original', '/../../key', '/%2e%2e/%2e%2e/key', `/${randomUUID()}/${randomUUID()}/original`, '/'])(
    'has nothing at %s',
    async (path) => {
      expect((await createMediaApp(house).request(path)).status).toBe(404);
    },
  );

  test('has nothing under other names of a picture', async () => {
    const medium = await uploadPicture();
    const app = createMediaApp(house);
    const folderOf = medium.url.replace('/media', '').replace('original', '');
    for (const name of ['.type-original', 'original.html', 'ORIGINAL', '']) {
      expect((await app.request(folderOf + name)).status).toBe(404);
    }
  });
});
