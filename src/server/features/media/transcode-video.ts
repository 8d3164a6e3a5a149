import { rm, stat } from 'node:fs/promises';
import type { Manifest } from '#connectors/kit/manifest.ts';
import { findProgram } from './find-program.ts';
import { runProgram } from './run-program.ts';
import { bitrateWithin, MIN_BITRATE, type VideoMime } from './video.rules.ts';

/** A video that decodes to more than this is none that a telephone filmed. */
const MAX_MEMORY_BYTES = 2 * 1024 ** 3;
const AUDIO_BITRATE = 128_000;

export type Transcoding =
  | { ok: true; sizeBytes: number }
  | { ok: false; failure: 'no-program' | 'cannot-fit' | 'crashed' };

/** Whether this machine can convert videos. */
export const canTranscode = async (): Promise<boolean> => (await findProgram('ffmpeg')) !== null;

/**
 * Converts a video into what a network takes: H.264 and AAC in an MP4 that plays while it loads, within its edge and
 * bytes. Ends with the signal, at the latest after twenty times the video's own length, and leaves no half file.
 */
export async function transcodeVideo({
  from,
  mime,
  to,
  durationMs,
  limits,
  signal,
  onShare,
}: {
  from: string;
  /** What it was kept as; it is read as nothing else. */
  mime: VideoMime;
  to: string;
  durationMs: number;
  limits: NonNullable<Manifest['videos']>;
  signal?: AbortSignal;
  /** Told how much of it is done, from 0 to 1. */
  onShare?: (share: number) => void;
}): Promise<Transcoding> {
  const ffmpeg = await findProgram('ffmpeg');
  if (ffmpeg === null) return { ok: false, failure: 'no-program' };
  const bitrate = bitrateWithin(limits.maxBytes, durationMs);
  if (bitrate < MIN_BITRATE) return { ok: false, failure: 'cannot-fit' };
  const run = await runProgram(ffmpeg, argumentsFor({ from, mime, to, bitrate, maxEdge: limits.maxEdge }), {
    timeoutMs: 60_000 + durationMs * 20,
    maxBytes: MAX_MEMORY_BYTES,
    ...(signal ? { signal } : {}),
    onLine: (line) => {
      const at = /^out_time_us=(\d+)$/.exec(line)?.[1];
      if (at !== undefined) onShare?.(Math.min(1, Number(at) / 1_000 / durationMs));
    },
  });
  const made = run.ok ? await stat(to).catch(() => null) : null;
  if (made && made.size > 0 && made.size <= limits.maxBytes) {
    onShare?.(1);
    return { ok: true, sizeBytes: made.size };
  }
  await rm(to, { force: true });
  return { ok: false, failure: made && made.size > limits.maxBytes ? 'cannot-fit' : 'crashed' };
}

/** A still of a video, a second in or in its middle, as JPEG. False when there is no way to get one. */
export async function takeStill({
  from,
  mime,
  to,
  durationMs,
}: {
  from: string;
  mime: VideoMime;
  to: string;
  durationMs: number;
}): Promise<boolean> {
  const ffmpeg = await findProgram('ffmpeg');
  if (ffmpeg === null) return false;
  const at = Math.min(1_000, durationMs / 2) / 1_000;
  const args = [
    ...quiet,
    '-ss',
    String(at),
    ...onlyFile(from, mime),
    '-frames:v',
    '1',
    '-f',
    'image2',
    '-c:v',
    'mjpeg',
    to,
  ];
  return (await runProgram(ffmpeg, args, { timeoutMs: 30_000, maxBytes: MAX_MEMORY_BYTES })).ok;
}

const quiet = ['-hide_banner', '-nostdin', '-loglevel', 'error', '-y'];

/** A list may name other files to be read, on this machine or another: read as a film, it is none. */
const onlyFile = (path: string, mime: VideoMime): string[] => [
  ...['-protocol_whitelist', 'file', '-f', mime === 'video/webm' ? 'matroska' : 'mov'],
  ...['-i', path],
];

function argumentsFor(options: {
  from: string;
  mime: VideoMime;
  to: string;
  bitrate: number;
  maxEdge: number;
}): string[] {
  const { from, mime, to, bitrate, maxEdge } = options;
  const forPicture = Math.max(MIN_BITRATE / 2, bitrate - AUDIO_BITRATE);
  const scale = `scale='min(${maxEdge},iw)':'min(${maxEdge},ih)':force_original_aspect_ratio=decrease`;
  return [
    ...quiet,
    ...['-progress', 'pipe:1', '-threads', '2', ...onlyFile(from, mime)],
    ...['-map', '0:v:0', '-map', '0:a:0?', '-map_metadata', '-1', '-map_chapters', '-1'],
    // Widths and heights of H.264 are even.
    ...['-vf', `${scale},scale=trunc(iw/2)*2:trunc(ih/2)*2,setsar=1,format=yuv420p`],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-crf', '23'],
    ...['-maxrate', String(forPicture), '-bufsize', String(forPicture * 2)],
    ...['-c:a', 'aac', '-b:a', String(AUDIO_BITRATE), '-ac', '2', '-ar', '48000'],
    ...['-movflags', '+faststart', '-f', 'mp4', to],
  ];
}
