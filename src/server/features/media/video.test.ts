import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Manifest } from '#connectors/kit/manifest.ts';
import { readVideo, type Video, videoPath } from '#test/videos/index.ts';
import { recognisePicture } from './picture.rules.ts';
import { startRenderer } from './start-renderer.ts';
import { canTranscode, takeStill, transcodeVideo } from './transcode-video.ts';
import { bitrateWithin, type KeptVideo, recogniseVideo, type VideoMime } from './video.rules.ts';

const renderer = startRenderer();
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'goalpost-video-test-'));
});
afterAll(async () => {
  renderer.close();
  await rm(folder, { recursive: true });
});

const keep = (from: string, to = join(folder, 'kept')) => renderer.render({ kind: 'keep-video', from, to });

async function kept(name: Video): Promise<KeptVideo & { bytes: Buffer }> {
  const to = join(folder, name);
  const outcome = await keep(videoPath(name), to);
  if (!outcome.ok || !outcome.video) throw new Error(JSON.stringify(outcome));
  return { ...outcome.video, bytes: await readFile(to) };
}

describe('keeping', () => {
  test('reads what a video is', async () => {
    const film = { width: 160, height: 120, fps: 12, turned: false };
    expect(await kept('telephone.mov')).toMatchObject({
      ...film,
      mime: 'video/mp4',
      videoCodec: 'avc',
      audioCodec: 'aac',
      durationMs: 1_000,
    });
    expect(await kept('hevc.mov')).toMatchObject({ ...film, mime: 'video/mp4', videoCodec: 'hevc', audioCodec: null });
    expect(await kept('clip.webm')).toMatchObject({ mime: 'video/webm', videoCodec: 'vp9', audioCodec: 'opus' });
  });

  test('knows which way up it is held', async () => {
    expect(await kept('standing.mp4')).toMatchObject({ width: 120, height: 160, turned: true });
  });

  test('takes out the place, the camera and whatever else was written into it', async () => {
    const before = Buffer.from(await readVideo('telephone.mov'));
    const tells = (bytes: Buffer) =>
      ['CanaryCam', 'CanaryTitle', '13.7563', 'ISO6709', 'loci'].filter((word) => bytes.includes(word));
    expect(tells(before)).toEqual(['CanaryCam', 'CanaryTitle', '13.7563', 'ISO6709', 'loci']);
    const { bytes } = await kept('telephone.mov');
    expect(tells(bytes)).toEqual([]);
    // What says how to play it comes first, so that it plays while it loads.
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
  });

  test.each([
    ['of a codec nobody plays any more', 'old.mp4', 'unknown-codec'],
    ['that is half there', 'telephone.mov', 'unreadable'],
  ] as const)('refuses one %s', async (_what, name, failure) => {
    const bytes = await readVideo(name);
    const from = join(folder, 'brought');
    await writeFile(from, failure === 'unreadable' ? bytes.subarray(0, 1_500) : bytes);
    expect(await keep(from)).toEqual({ ok: false, failure });
  });

  test('is told by the first bytes, and never taken for a picture', async () => {
    for (const name of ['telephone.mov', 'standing.mp4', 'clip.webm'] as const) {
      const bytes = await readVideo(name);
      expect(recognisePicture(bytes)).toBe('unknown');
      expect(recogniseVideo(bytes)).toBe(name === 'clip.webm' ? 'video/webm' : 'video/mp4');
    }
    expect(recogniseVideo(new TextEncoder().encode('<html>'))).toBeNull();
  });
});

test('leaves room in the bytes there are for the whole of a video', () => {
  expect(bitrateWithin(50_000_000, 60_000)).toBe(6_000_000);
  expect((bitrateWithin(10_000_000, 60_000) / 8) * 60).toBeLessThan(10_000_000);
});

const limits: NonNullable<Manifest['videos']> = {
  max: 1,
  maxBytes: 1_000_000,
  maxDurationMs: 10_000,
  maxEdge: 100,
  mimes: ['video/mp4'],
  videoCodecs: ['avc'],
  audioCodecs: ['aac'],
  alt: { unit: 'grapheme', max: 100 },
};
const mimeOf = (name: Video): VideoMime => (name === 'clip.webm' ? 'video/webm' : 'video/mp4');
const hasFfmpeg = await canTranscode();

describe.runIf(hasFfmpeg)('converting', () => {
  test.each(['clip.webm', 'hevc.mov', 'old.mp4', 'standing.mp4'] as const)(
    'makes of %s what networks take, upright and within the edge',
    async (name) => {
      const to = join(folder, 'converted.mp4');
      const shares: number[] = [];
      const onShare = (share: number) => shares.push(share);
      const wanted = { from: videoPath(name), mime: mimeOf(name), to, durationMs: 1_000, limits, onShare };
      expect(await transcodeVideo(wanted)).toMatchObject({ ok: true });
      const outcome = await keep(to);
      const audioCodec = name === 'clip.webm' ? 'aac' : null;
      const size = name === 'standing.mp4' ? { width: 74, height: 100 } : { width: 100, height: 74 };
      expect(outcome.ok && outcome.video).toMatchObject({ videoCodec: 'avc', audioCodec, turned: false, ...size });
      expect(shares.at(-1)).toBe(1);
    },
  );

  test.each(['telephone.mov', 'clip.webm'] as const)('takes a still of %s', async (name) => {
    const to = join(folder, 'still.jpg');
    expect(await takeStill({ from: videoPath(name), mime: mimeOf(name), to, durationMs: 1_000 })).toBe(true);
    expect(await sharp(await readFile(to)).metadata()).toMatchObject({ format: 'jpeg', width: 160, height: 120 });
  });

  test.each(['video/mp4', 'video/webm'] as const)(
    'reads no file that another names, when that other was kept as %s',
    async (mime) => {
      const [from, to] = [join(folder, 'names-another'), join(folder, 'of-another')];
      await writeFile(join(folder, 'private.mov'), await readVideo('telephone.mov'));
      await writeFile(from, 'ffconcat version 1.0\nfile private.mov\n');
      expect(await takeStill({ from, mime, to: `${to}.jpg`, durationMs: 1_000 })).toBe(false);
      expect(await transcodeVideo({ from, mime, to: `${to}.mp4`, durationMs: 1_000, limits })).toEqual({
        ok: false,
        failure: 'crashed',
      });
    },
  );

  test('says so where there are too few bytes for its length', async () => {
    const to = join(folder, 'never.mp4');
    const tight = { ...limits, maxBytes: 10_000 };
    const wanted = { from: videoPath('clip.webm'), mime: mimeOf('clip.webm'), to, durationMs: 60_000, limits: tight };
    expect(await transcodeVideo(wanted)).toEqual({ ok: false, failure: 'cannot-fit' });
  });
});

describe.skipIf(process.platform === 'win32')('the program that converts', () => {
  /** Runs with a program of this name first on the path. */
  async function withProgram(script: string | null, work: () => Promise<void>): Promise<void> {
    const bin = await mkdtemp(join(folder, 'bin-'));
    if (script !== null) {
      await writeFile(join(bin, 'ffmpeg'), `#!/bin/sh\n${script}\n`);
      await chmod(join(bin, 'ffmpeg'), 0o755);
    }
    const before = process.env['PATH'];
    // Without any other: a machine has it or has not.
    process.env['PATH'] = script === null ? bin : `${bin}:/usr/bin:/bin`;
    try {
      await work();
    } finally {
      process.env['PATH'] = before;
    }
  }
  const wanted = { from: '/nowhere', mime: 'video/mp4', durationMs: 1_000, limits } as const;

  test('is missed by name', async () => {
    await withProgram(null, async () => {
      expect(await transcodeVideo({ ...wanted, to: join(folder, 'x') })).toEqual({ ok: false, failure: 'no-program' });
      expect(await takeStill({ ...wanted, to: join(folder, 'x') })).toBe(false);
    });
  });

  test('learns nothing of our settings and keys', async () => {
    process.env['GOALPOST_KEY_CANARY'] = 'secret';
    await withProgram(`env > ${folder}/seen; for last; do :; done; echo film > "$last"`, async () => {
      expect(await transcodeVideo({ ...wanted, to: join(folder, 'y') })).toMatchObject({ ok: true });
    });
    delete process.env['GOALPOST_KEY_CANARY'];
    expect(await readFile(join(folder, 'seen'), 'utf8')).not.toContain('CANARY');
  });

  test('is ended when nobody wants its work any more, and leaves no half file', async () => {
    const to = join(folder, 'half.mp4');
    const abort = new AbortController();
    const script = `for last; do :; done; echo half > "$last"; echo out_time_us=500000; echo $$ > ${folder}/pid; exec sleep 600`;
    await withProgram(script, async () => {
      const onShare = (share: number) => {
        expect(share).toBe(0.5);
        abort.abort();
      };
      expect(await transcodeVideo({ ...wanted, to, signal: abort.signal, onShare })).toEqual({
        ok: false,
        failure: 'crashed',
      });
    });
    await expect(stat(to)).rejects.toThrow('ENOENT');
    expect(await readdir(folder)).not.toContain('half.mp4');
  });

  test('has a limit to its memory', async () => {
    await withProgram(`ulimit -v > ${folder}/memory; exit 1`, async () => {
      expect(await transcodeVideo({ ...wanted, to: join(folder, 'z') })).toEqual({ ok: false, failure: 'crashed' });
    });
    expect(Number(await readFile(join(folder, 'memory'), 'utf8'))).toBe(2 * 1024 * 1024);
  });
});
