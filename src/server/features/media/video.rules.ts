/** Kinds of video that can be kept. A QuickTime file (.mov) is kept as MP4, which holds the same. */
export const videoMimes = ['video/mp4', 'video/webm'] as const;
export type VideoMime = (typeof videoMimes)[number];

/** Largest video that is taken, 300 MB; more than 25 MB comes in parts. */
export const MAX_VIDEO_BYTES = 300 * 1024 * 1024;
/** Largest edge of a video that is kept, in pixels: 4K lying or standing. */
export const MAX_VIDEO_EDGE = 4_096;
/** Longest video that is kept. */
export const MAX_VIDEO_MS = 60 * 60_000;
/** Longest edge of a video's still in pixels. */
export const POSTER_PX = 1_280;

/** What a video is, as far as it was read; codecs as `VideoFacts` names them. */
export interface KeptVideo {
  mime: VideoMime;
  width: number;
  height: number;
  sizeBytes: number;
  durationMs: number;
  fps: number;
  videoCodec: string;
  audioCodec: string | null;
  /** Telephones write beside the pixels how to hold them; widths and heights are those of the upright picture. */
  turned: boolean;
}

export function isVideoMime(mime: string): mime is VideoMime {
  return videoMimes.some((known) => known === mime);
}

/** Says by a file's first bytes whether it is a video, never by its name. Ask for pictures first: HEIC begins alike. */
export function recogniseVideo(bytes: Uint8Array): VideoMime | null {
  const text = (from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));
  if (text(4, 8) === 'ftyp' || text(4, 8) === 'moov' || text(4, 8) === 'wide') return 'video/mp4';
  if (bytes[0] === 0x1a && bytes[1] === 0x45 && bytes[2] === 0xdf && bytes[3] === 0xa3) return 'video/webm';
  return null;
}

/** Bits a second for picture and sound together with which a video of this length keeps within `maxBytes`. */
export function bitrateWithin(maxBytes: number, durationMs: number): number {
  // A tenth is left for the container and for scenes that need more than was foreseen.
  const most = (maxBytes * 8 * 0.9) / (durationMs / 1_000);
  return Math.floor(Math.min(MAX_BITRATE, most));
}

/** More than this nobody sees on a telephone. */
const MAX_BITRATE = 6_000_000;
/** Below this it is no use to anyone. */
export const MIN_BITRATE = 200_000;
