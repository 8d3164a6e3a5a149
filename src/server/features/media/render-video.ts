import { stat } from 'node:fs/promises';
import {
  ALL_FORMATS,
  Conversion,
  FilePathSource,
  FilePathTarget,
  Input,
  type InputAudioTrack,
  type InputVideoTrack,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
} from 'mediabunny';
import type { RenderOutcome } from './render-task.ts';
import { type KeptVideo, MAX_VIDEO_EDGE, MAX_VIDEO_MS, type VideoMime } from './video.rules.ts';

/**
 * Reads a video and writes it anew without decoding it: the same picture and sound in a container of ours, ready to be
 * played while it loads, with nothing of what the camera wrote about place, time and owner. Runs in a process of its own.
 */
export async function keepVideo({ from, to }: { from: string; to: string }): Promise<RenderOutcome> {
  const input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(from) });
  try {
    const video = await input.getPrimaryVideoTrack();
    const audio = await input.getPrimaryAudioTrack();
    if (!video) return { ok: false, failure: 'unreadable' };
    if (video.codec === null || (audio && audio.codec === null)) return { ok: false, failure: 'unknown-codec' };
    const facts = await readFacts(input, video, audio);
    if (Math.max(facts.width, facts.height) > MAX_VIDEO_EDGE || facts.durationMs > MAX_VIDEO_MS) {
      return { ok: false, failure: 'too-many-pixels' };
    }
    const sizeBytes = (await stat(from)).size;
    if (!(await rewrite(input, { mime: facts.mime, sizeBytes, to, video, audio })))
      return { ok: false, failure: 'unknown-codec' };
    const { size } = await stat(to);
    return { ok: true, pictures: [], turned: facts.turned, video: { ...facts, sizeBytes: size } };
  } catch {
    return { ok: false, failure: 'unreadable' };
  } finally {
    input.dispose();
  }
}

async function readFacts(
  input: Input,
  video: InputVideoTrack,
  audio: InputAudioTrack | null,
): Promise<Omit<KeptVideo, 'sizeBytes'>> {
  const { averagePacketRate } = await video.computePacketStats(300);
  const isWeb = ['vp8', 'vp9'].includes(video.codec ?? '') || ['opus', 'vorbis'].includes(audio?.codec ?? '');
  return {
    mime: isWeb ? 'video/webm' : 'video/mp4',
    width: video.displayWidth,
    height: video.displayHeight,
    durationMs: Math.round((await input.computeDuration()) * 1_000),
    fps: Math.round(averagePacketRate * 100) / 100,
    videoCodec: video.codec ?? '',
    audioCodec: audio?.codec ?? null,
    turned: video.rotation !== 0,
  };
}

/** Larger films are asked for by ranges, and begin to play all the same. */
const IN_MEMORY_BYTES = 100 * 1024 * 1024;

/** False when the container cannot hold what is in it. Other tracks (subtitles, places, second cameras) stay behind. */
async function rewrite(
  input: Input,
  {
    mime,
    sizeBytes,
    to,
    video,
    audio,
  }: { mime: VideoMime; sizeBytes: number; to: string; video: InputVideoTrack; audio: InputAudioTrack | null },
): Promise<boolean> {
  // What comes first in the file must be known last: kept in memory till then, as far as there is room for it.
  const fastStart = sizeBytes <= IN_MEMORY_BYTES ? ('in-memory' as const) : false;
  const format = mime === 'video/webm' ? new WebMOutputFormat() : new Mp4OutputFormat({ fastStart });
  const output = new Output({ format, target: new FilePathTarget(to) });
  const kept = [video.id, ...(audio ? [audio.id] : [])];
  const conversion = await Conversion.init({
    input,
    output,
    tags: {},
    video: (track) => ({ discard: !kept.includes(track.id) }),
    audio: (track) => ({ discard: !kept.includes(track.id) }),
  });
  const lost = conversion.discardedTracks.filter(({ track }) => kept.includes(track.id));
  if (!conversion.isValid || lost.length > 0) return false;
  await conversion.execute();
  return true;
}
