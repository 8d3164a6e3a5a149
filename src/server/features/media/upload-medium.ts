import { writeFile } from 'node:fs/promises';
import type { media } from '#contract/media.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { MAX_UPLOAD_BYTES } from './picture.rules.ts';
import { takeMedium } from './take-medium.ts';

/** Takes a picture or a video of one call into the library, see `takeMedium`. */
export const uploadMedium: Verb<typeof media.upload> = async (context, { file, poster, alt }) => {
  const tooLarge = [file, poster].some((it) => it && it.size > MAX_UPLOAD_BYTES);
  if (tooLarge) {
    refuse('medium-too-large', { params: { context: 'bytes', maxMegabytes: MAX_UPLOAD_BYTES / 1024 / 1024 } });
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  return takeMedium(context, {
    head: bytes,
    sizeBytes: bytes.byteLength,
    bytes: async () => bytes,
    writeTo: (path) => writeFile(path, bytes),
    poster: poster ? new Uint8Array(await poster.arrayBuffer()) : null,
    name: file.name,
    alt,
  });
};
