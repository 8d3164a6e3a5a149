import type { MediumFacts } from '#contract/content.ts';
import type { Manifest } from '../manifest.ts';

/** What a network has against a video. Those that converting mends are `mendable`; nobody shortens what people filmed. */
export interface VideoObstacle {
  code: 'video-too-long' | 'video-too-short' | 'video-wrong-kind' | 'video-too-large' | 'video-too-many-pixels';
  mendable: boolean;
  params: Record<string, string | number>;
}

const MB = 1_000_000;

/** Says all that keeps a video from going out as it is; nothing when it may. */
export function judgeVideo(limits: NonNullable<Manifest['videos']>, facts: MediumFacts): VideoObstacle[] {
  const { mime, sizeBytes, width, height, video } = facts;
  if (!video) return [];
  const seconds = Math.ceil(video.durationMs / 1_000);
  const found: (VideoObstacle | null)[] = [
    // Clocks of cameras and of players differ by a frame or two.
    video.durationMs > limits.maxDurationMs + 500
      ? { code: 'video-too-long', mendable: false, params: { seconds, max: limits.maxDurationMs / 1_000 } }
      : null,
    video.durationMs < (limits.minDurationMs ?? 0)
      ? { code: 'video-too-short', mendable: false, params: { seconds, min: (limits.minDurationMs ?? 0) / 1_000 } }
      : null,
    isOfKind(limits, facts)
      ? null
      : {
          code: 'video-wrong-kind',
          mendable: true,
          params: { kind: nameKind(mime, video), wanted: nameWanted(limits) },
        },
    sizeBytes > limits.maxBytes
      ? {
          code: 'video-too-large',
          mendable: true,
          params: { megabytes: Math.ceil(sizeBytes / MB), max: Math.floor(limits.maxBytes / MB) },
        }
      : null,
    Math.max(width, height) > limits.maxEdge
      ? {
          code: 'video-too-many-pixels',
          mendable: true,
          params: { edge: Math.max(width, height), max: limits.maxEdge },
        }
      : null,
  ];
  return found.filter((it) => it !== null);
}

function isOfKind({ mimes, videoCodecs, audioCodecs }: NonNullable<Manifest['videos']>, facts: MediumFacts): boolean {
  const { mime, video } = facts;
  if (!video || !mimes.includes(mime) || !videoCodecs.includes(video.videoCodec)) return false;
  return video.audioCodec === null || audioCodecs.includes(video.audioCodec);
}

const names: Readonly<Record<string, string>> = {
  avc: 'H.264',
  hevc: 'HEVC',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  aac: 'AAC',
  mp3: 'MP3',
  opus: 'Opus',
  'video/mp4': 'MP4',
  'video/webm': 'WebM',
};

const nameOf = (word: string): string => names[word] ?? word;

/** As people find it in other programs: `MP4 (HEVC, AAC)`. */
const nameKind = (mime: string, { videoCodec, audioCodec }: NonNullable<MediumFacts['video']>): string =>
  `${nameOf(mime)} (${[videoCodec, ...(audioCodec === null ? [] : [audioCodec])].map(nameOf).join(', ')})`;

const nameWanted = ({ mimes, videoCodecs, audioCodecs }: NonNullable<Manifest['videos']>): string =>
  nameKind(mimes[0] ?? '', { ...unknownVideo, videoCodec: videoCodecs[0] ?? '', audioCodec: audioCodecs[0] ?? null });

const unknownVideo = { durationMs: 0, fps: 0, convertible: false };
