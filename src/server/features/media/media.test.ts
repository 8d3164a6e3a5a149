import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { Medium } from '#contract/media.ts';
import { readConfig } from '#server/platform/config/index.ts';
import type { House, WorkspaceContext } from '#server/platform/context/index.ts';
import { createLog } from '#server/platform/log/index.ts';
import { createDiskStorage } from '#server/platform/storage/index.ts';
import { useDatabase } from '#test/database.ts';
import { readVideo, type Video } from '#test/videos/index.ts';
import { forgetConverter } from './can-convert-videos.ts';
import {
  createMediaApp,
  findMediumFacts,
  mediaRoutes,
  registerMediaUse,
  renderer,
  renderForeignImage,
  renderMedium,
  videoRenderer,
} from './index.ts';
import { canTranscode } from './transcode-video.ts';

const testDatabase = useDatabase();
const { list, upload, get, rendition, update, remove } = mediaRoutes.media;
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
    connectors: new Map(Object.entries(networks)),
  } as unknown as House;
});
beforeEach(async () => {
  context = await openWorkspace();
});
afterAll(async () => {
  renderer.close();
  videoRenderer.close();
  await rm(folder, { recursive: true });
});

const hasFfmpeg = await canTranscode();

/** What matters to none of these tests. */
const some = { max: 4, alt: { unit: 'grapheme' as const, max: 100 } };

/** Networks: one takes small pictures, one shows animations, one takes words only, one videos. */
const networks = {
  small: { manifest: { images: { ...some, maxBytes: 20_000, maxEdge: 100, mimes: ['image/jpeg', 'image/png'] } } },
  moving: {
    manifest: { images: { ...some, maxBytes: 1e6, maxEdge: 400, mimes: ['image/gif'], moving: ['image/gif'] } },
  },
  words: { manifest: {} },
  films: {
    manifest: {
      videos: {
        ...some,
        max: 1,
        maxBytes: 1e6,
        maxDurationMs: 10_000,
        maxEdge: 160,
        mimes: ['video/mp4'],
        videoCodecs: ['avc'],
        audioCodecs: ['aac'],
      },
    },
  },
};

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

  test.skipIf(process.platform === 'win32')('takes an iPhone’s HEIC where the machine can convert it', async () => {
    const bin = await mkdtemp(join(folder, 'bin-'));
    const jpeg = await noise(40, 30).jpeg().toBuffer();
    await writeFile(join(bin, 'made.jpg'), jpeg);
    await writeFile(join(bin, 'heif-convert'), `#!/bin/sh\nfor last; do :; done; cp ${bin}/made.jpg "$last"\n`);
    await chmod(join(bin, 'heif-convert'), 0o755);
    const before = process.env['PATH'];
    process.env['PATH'] = `${bin}:/usr/bin:/bin`;
    try {
      const file = await fileOf('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'IMG_1.HEIC', 'image/heic');
      const medium = await upload(context, { workspaceId: context.workspaceId, file, alt: '' });
      expect(medium).toMatchObject({ name: 'IMG_1', mime: 'image/jpeg', width: 40, height: 30 });
    } finally {
      process.env['PATH'] = before;
      await rm(bin, { recursive: true });
    }
  });

  test.skipIf(process.platform === 'win32').each([
    ['heif-convert', 'pictures'],
    ['ffmpeg', 'videos'],
  ])('runs %s for one upload after another, however many %s come at once', async (program, kind) => {
    const bin = await mkdtemp(join(folder, 'bin-'));
    await writeFile(join(bin, 'made.jpg'), await noise(40, 30).jpeg().toBuffer());
    const script = `mkdir ${bin}/busy || touch ${bin}/overlapped
for last; do :; done; sleep 0.3; cp ${bin}/made.jpg "$last"; rmdir ${bin}/busy || true`;
    await writeFile(join(bin, program), `#!/bin/sh\n${script}\n`);
    await chmod(join(bin, program), 0o755);
    const heic = '\0\0\0\x18ftypheic\0\0\0\0mif1heic';
    const brought = kind === 'videos' ? await readVideo('telephone.mov') : heic;
    const before = process.env['PATH'];
    process.env['PATH'] = `${bin}:/usr/bin:/bin`;
    try {
      const uploads = [1, 2, 3, 4].map(async (at) => {
        const into = at % 2 === 0 ? context : await openWorkspace();
        const file = await fileOf(brought, `${at}`);
        return upload(into, { workspaceId: into.workspaceId, file, alt: '' });
      });
      expect(await Promise.all(uploads)).toHaveLength(4);
      expect((await readdir(bin)).sort()).toEqual([program, 'made.jpg'].sort());
    } finally {
      process.env['PATH'] = before;
      forgetConverter();
      await rm(bin, { recursive: true });
    }
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

  test('keeps the files of a picture whose row stands though the answer to its commit was lost', async () => {
    const deaf: WorkspaceContext = {
      ...context,
      inWorkspace: async (work) => {
        await context.inWorkspace(work);
        throw new Error('Connection terminated unexpectedly');
      },
    };
    const file = await fileOf(await noise(8, 8).png().toBuffer());
    const medium = Medium.parse(await upload(deaf, { workspaceId: context.workspaceId, file, alt: '' }));
    expect(await get(context, { workspaceId: context.workspaceId, mediumId: medium.id })).toMatchObject({ width: 8 });
    for (const url of [medium.url, medium.thumbnailUrl])
      expect((await createMediaApp(house).request(url.replace('/media', ''))).status).toBe(200);
  });

  test('keeps the files while nobody can be asked whether the row stands', async () => {
    const gone = () => Promise.reject(new Error('database gone'));
    const alone: WorkspaceContext = {
      ...context,
      house: { ...house, db: { ...house.db, inWorkspace: gone } },
      inWorkspace: gone,
    };
    const file = await fileOf(await noise(8, 8).png().toBuffer());
    await expect(upload(alone, { workspaceId: context.workspaceId, file, alt: '' })).rejects.toThrow('database gone');
    const files = await readdir(join(folder, context.workspaceId), { recursive: true, withFileTypes: true });
    expect(files.filter((entry) => entry.isFile()).map(({ name }) => name)).not.toEqual([]);
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
  const images = { ...some, maxBytes: 1e6, maxEdge: 100, mimes: ['image/png'] };
  expect(await renderMedium(stranger, { place, takes: { images } })).toEqual({
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
  const roomy = { ...some, maxBytes: 1e6, maxEdge: 100, mimes: ['image/jpeg', 'image/png'] };
  const asKept = await renderMedium(context, { place, takes: { images: roomy } });
  expect(asKept).toMatchObject({ ok: true, alt: 'Words', medium: { mime: 'image/png', width: 64 } });
  expect(asKept.ok && asKept.medium.bytes.byteLength).toBe(medium.sizeBytes);
  const narrow = { ...some, maxBytes: 2_500, maxEdge: 100, mimes: ['image/jpeg'] };
  const fitted = await renderMedium(context, { place, takes: { images: narrow } });
  expect(fitted).toMatchObject({ ok: true, medium: { mime: 'image/jpeg' } });
  expect(fitted.ok && fitted.medium.bytes.byteLength).toBeLessThanOrEqual(2_500);
});

describe('what goes out on a network', () => {
  const show = (medium: Pick<Medium, 'id'>, network: string) =>
    rendition(context, { workspaceId: context.workspaceId, mediumId: medium.id, network });
  const send = (medium: Pick<Medium, 'id'>, network: 'small' | 'moving') =>
    renderMedium(context, {
      place: { workspaceId: context.workspaceId, mediumId: medium.id },
      takes: networks[network].manifest,
    });
  const serve = async (url: string) => createMediaApp(house).request(url.replace('/media', ''));

  test('is shown beforehand, byte for byte as it is sent', async () => {
    const file = await fileOf(await noise(300, 200).png().toBuffer());
    const medium = Medium.parse(await upload(context, { workspaceId: context.workspaceId, file, alt: '' }));
    const shown = await show(medium, 'small');
    if (shown.state !== 'ready') throw new Error(shown.state);
    expect(shown).toMatchObject({ mime: 'image/jpeg', width: 100, height: 67, changes: ['smaller', 'other-format'] });
    const seen = new Uint8Array(await (await serve(shown.url)).arrayBuffer());
    expect(seen.byteLength).toBe(shown.sizeBytes);
    const sent = await send(medium, 'small');
    expect(sent.ok && Buffer.from(sent.medium.bytes).equals(Buffer.from(seen))).toBe(true);
    expect(await show(medium, 'small')).toEqual(shown);
  });

  test('is what was shown, whatever the renderer would make of it now', async () => {
    const file = await fileOf(await noise(300, 200).png().toBuffer());
    const medium = Medium.parse(await upload(context, { workspaceId: context.workspaceId, file, alt: '' }));
    const shown = await show(medium, 'small');
    if (shown.state !== 'ready') throw new Error(shown.state);
    const key = shown.url.replace('/media/', '');
    await house.storage.put(key, new TextEncoder().encode('kept'), { mime: 'image/jpeg' });
    const sent = await send(medium, 'small');
    expect(sent.ok && new TextDecoder().decode(sent.medium.bytes)).toBe('kept');
    // Its file lost, it is made once more.
    await house.storage.delete(key);
    expect(await send(medium, 'small')).toMatchObject({ ok: true, medium: { mime: 'image/jpeg', width: 100 } });
  });

  test('is the kept picture itself where that fits', async () => {
    const medium = await uploadPicture();
    expect(await show(medium, 'small')).toMatchObject({ state: 'ready', url: medium.url, changes: [] });
  });

  test('says that it was set upright, and that an animation stands still', async () => {
    const side = await noise(90, 60).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const turned = Medium.parse(
      await upload(context, { workspaceId: context.workspaceId, file: await fileOf(side), alt: '' }),
    );
    expect(await show(turned, 'small')).toMatchObject({ width: 60, height: 90, changes: ['turned'] });
    const frames = await sharp(randomBytes(3 * 50 * 50 * 3), {
      raw: { width: 50, height: 150, channels: 3, pageHeight: 50 },
    })
      .gif()
      .toBuffer();
    const moving = Medium.parse(
      await upload(context, { workspaceId: context.workspaceId, file: await fileOf(frames), alt: '' }),
    );
    expect(moving.frames).toBe(3);
    expect(await show(moving, 'moving')).toMatchObject({ url: moving.url, moves: true, changes: [] });
    expect(await show(moving, 'small')).toMatchObject({ moves: false, changes: ['other-format', 'still'] });
  });

  test('is nothing, with the reason, where it cannot be', async () => {
    const medium = await uploadPicture();
    expect(await show(medium, 'words')).toEqual({ network: 'words', state: 'cannot', reason: 'not-taken' });
    expect(await show(medium, 'moving')).toEqual({ network: 'moving', state: 'cannot', reason: 'cannot-fit' });
    await expect(show(medium, 'nowhere')).rejects.toMatchObject({ code: 'not-found' });
    const stranger = await openWorkspace();
    const asked = { workspaceId: stranger.workspaceId, mediumId: medium.id, network: 'small' };
    await expect(rendition(stranger, asked)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('goes with the picture', async () => {
    const file = await fileOf(await noise(300, 200).png().toBuffer());
    const medium = Medium.parse(await upload(context, { workspaceId: context.workspaceId, file, alt: '' }));
    const shown = await show(medium, 'small');
    await remove(context, { workspaceId: context.workspaceId, mediumId: medium.id });
    expect(shown.state === 'ready' && (await serve(shown.url)).status).toBe(404);
    expect(await send(medium, 'small')).toEqual({ ok: false, failure: 'gone' });
  });
});

describe('a video', () => {
  const bring = async (name: Video, more: { poster?: File } = {}) => {
    const file = await fileOf(await readVideo(name), name);
    return Medium.parse(await upload(context, { workspaceId: context.workspaceId, file, alt: '', ...more }));
  };
  const ask = (url: string, range?: string) =>
    createMediaApp(house).request(url.replace('/media', ''), range ? { headers: { range } } : {});

  test('is kept with its still, and played piece by piece', async () => {
    const poster = await fileOf(await noise(320, 240).jpeg().toBuffer(), 'still.jpg', 'image/jpeg');
    const film = await bring('telephone.mov', { poster });
    expect(film).toMatchObject({
      name: 'telephone',
      mime: 'video/mp4',
      width: 160,
      height: 120,
      video: { durationMs: 1_000, videoCodec: 'avc', audioCodec: 'aac' },
    });
    const still = await ask(film.posterUrl ?? '');
    expect(await sharp(new Uint8Array(await still.arrayBuffer())).metadata()).toMatchObject({ width: 320 });
    expect((await ask(film.thumbnailUrl)).headers.get('content-type')).toBe('image/webp');

    const whole = new Uint8Array(await (await ask(film.url)).arrayBuffer());
    expect(whole.byteLength).toBe(film.sizeBytes);
    const piece = await ask(film.url, 'bytes=100-299');
    expect(piece.status).toBe(206);
    expect(Object.fromEntries(piece.headers)).toMatchObject({
      'content-type': 'video/mp4',
      'content-range': `bytes 100-299/${film.sizeBytes}`,
      'content-length': '200',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect(new Uint8Array(await piece.arrayBuffer())).toEqual(whole.subarray(100, 300));
    const rest = await ask(film.url, 'bytes=-50');
    expect(new Uint8Array(await rest.arrayBuffer())).toEqual(whole.subarray(-50));
    expect((await ask(film.url, 'bytes=9999999-')).status).toBe(416);
    expect((await ask(film.url, 'bytes=1-2,4-5')).status).toBe(200);
  });

  test('goes out as it is kept where that fits, with its still', async () => {
    const film = await bring('telephone.mov');
    const where = { workspaceId: context.workspaceId, mediumId: film.id };
    const shown = await rendition(context, { ...where, network: 'films' });
    expect(shown).toMatchObject({ state: 'ready', url: film.url, changes: [] });
    const sent = await renderMedium(context, { place: where, takes: networks.films.manifest });
    expect(sent).toMatchObject({ ok: true, medium: { mime: 'video/mp4', video: { durationMs: 1_000 } } });
    expect(sent.ok && sent.medium.video?.poster?.mime).toBe('image/jpeg');
    expect(await rendition(context, { ...where, network: 'small' })).toMatchObject({ reason: 'not-taken' });
  });

  test('that must be converted says so where the machine cannot', async () => {
    const before = process.env['PATH'];
    process.env['PATH'] = folder;
    forgetConverter();
    try {
      const film = await bring('hevc.mov');
      expect(film.video?.convertible).toBe(false);
      const where = { workspaceId: context.workspaceId, mediumId: film.id };
      expect(await rendition(context, { ...where, network: 'films' })).toMatchObject({ reason: 'cannot-convert' });
      expect(await renderMedium(context, { place: where, takes: networks.films.manifest })).toEqual({
        ok: false,
        failure: 'cannot-convert',
      });
    } finally {
      process.env['PATH'] = before;
      forgetConverter();
    }
  });

  test.runIf(hasFfmpeg)('that must be converted is, once, and what was made is what goes out', async () => {
    const film = await bring('hevc.mov');
    const where = { workspaceId: context.workspaceId, mediumId: film.id };
    expect(await rendition(context, { ...where, network: 'films' })).toEqual({
      network: 'films',
      state: 'making',
      share: 0,
    });
    const sent = await renderMedium(context, { place: where, takes: networks.films.manifest });
    const shown = await rendition(context, { ...where, network: 'films' });
    expect(shown).toMatchObject({ state: 'ready', mime: 'video/mp4', changes: expect.arrayContaining(['converted']) });
    const seen = shown.state === 'ready' && new Uint8Array(await (await ask(shown.url)).arrayBuffer());
    expect(sent.ok && seen && Buffer.from(seen).equals(Buffer.from(sent.medium.bytes))).toBe(true);
    const told = () =>
      context.inWorkspace((tx) => sql`SELECT payload FROM fact WHERE kind = 'media.converted'`.execute(tx));
    await vi.waitFor(async () => expect((await told()).rows).toEqual([{ payload: { mediumId: film.id } }]), {
      timeout: 20_000,
    });
  });

  test.skipIf(process.platform === 'win32')(
    'that could not be converted is left alone for ten minutes however often it is looked at, and tried anew when it is due',
    async () => {
      const film = await bring('hevc.mov');
      const bin = await mkdtemp(join(folder, 'bin-'));
      const patience = { timeout: 20_000 };
      const runs = async () => (await readFile(join(bin, 'runs'), 'utf8')).split('\n').length - 1;
      await writeFile(join(bin, 'ffmpeg'), `#!/bin/sh\necho run >> ${bin}/runs\nexit 1\n`);
      await chmod(join(bin, 'ffmpeg'), 0o755);
      const before = process.env['PATH'];
      process.env['PATH'] = `${bin}:/usr/bin:/bin`;
      forgetConverter();
      try {
        const place = { workspaceId: context.workspaceId, mediumId: film.id };
        const look = () => rendition(context, { ...place, network: 'films' });
        expect(await look()).toMatchObject({ state: 'making' });
        await vi.waitFor(
          async () => expect(await look()).toMatchObject({ state: 'cannot', reason: 'not-now' }),
          patience,
        );
        expect(await look()).toMatchObject({ state: 'cannot', reason: 'not-now' });
        expect(await runs()).toBe(1);
        expect(await renderMedium(context, { place, takes: networks.films.manifest })).toEqual({
          ok: false,
          failure: 'crashed',
        });
        expect(await runs()).toBe(2);
        const later = performance.now() + 10 * 60_000;
        vi.spyOn(performance, 'now').mockReturnValue(later);
        expect(await look()).toMatchObject({ state: 'making' });
        vi.mocked(performance.now).mockRestore();
        await vi.waitFor(async () => expect(await runs()).toBe(3), patience);
      } finally {
        vi.restoreAllMocks();
        process.env['PATH'] = before;
        forgetConverter();
        await rm(bin, { recursive: true });
      }
    },
  );

  test.each([
    ['that nobody plays any more', 'old.mp4', 'video-codec'],
    ['that is half there', 'telephone.mov', 'video-unreadable'],
  ] as const)('%s is refused with the advice for it, and nothing is kept', async (_what, name, advice) => {
    const bytes = await readVideo(name);
    const file = await fileOf(advice === 'video-unreadable' ? bytes.subarray(0, 1_500) : bytes, name);
    await expect(upload(context, { workspaceId: context.workspaceId, file, alt: '' })).rejects.toMatchObject({
      code: 'medium-unsupported',
      params: { context: advice },
    });
    expect((await readdir(folder)).includes(context.workspaceId)).toBe(false);
  });

  test('whose reading broke off is not called too large, and can be brought again', async () => {
    videoRenderer.close();
    const broken = bring('telephone.mov');
    const pid = await vi.waitUntil(() => videoRenderer.pid(), { interval: 1 });
    process.kill(pid, 'SIGKILL');
    await expect(broken).rejects.toMatchObject({
      code: 'medium-unsupported',
      params: { context: 'video-not-now' },
    });
    expect((await readdir(folder)).includes(context.workspaceId)).toBe(false);
    expect(await bring('telephone.mov')).toMatchObject({ mime: 'video/mp4' });
  });

  test('goes with all its files', async () => {
    const film = await bring('telephone.mov');
    await remove(context, { workspaceId: context.workspaceId, mediumId: film.id });
    for (const url of [film.url, film.posterUrl ?? '', film.thumbnailUrl]) expect((await ask(url)).status).toBe(404);
  });
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
