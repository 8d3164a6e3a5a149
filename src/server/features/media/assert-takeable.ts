import { refuse } from '#server/platform/context/index.ts';
import { MAX_UPLOAD_BYTES, recognisePicture } from './picture.rules.ts';
import { MAX_VIDEO_BYTES, recogniseVideo } from './video.rules.ts';

const MB = 1024 * 1024;

/**
 * Refuses a file by its first bytes and its size: with `medium-unsupported` when it is neither a picture nor a video,
 * with `medium-too-large` when it is larger than its kind may be.
 */
export function assertTakeable({ head, sizeBytes }: { head: Uint8Array; sizeBytes: number }): void {
  const isPicture = recognisePicture(head) !== 'unknown';
  if (!isPicture && !recogniseVideo(head)) refuse('medium-unsupported', { params: { context: 'unknown' } });
  assertSize(sizeBytes, isPicture ? MAX_UPLOAD_BYTES : MAX_VIDEO_BYTES);
}

/** Refuses with `medium-too-large` what is larger than anything that is taken. */
export const assertSize = (sizeBytes: number, maxBytes: number = MAX_VIDEO_BYTES): void => {
  if (sizeBytes > maxBytes) refuse('medium-too-large', { params: { context: 'bytes', maxMegabytes: maxBytes / MB } });
};
