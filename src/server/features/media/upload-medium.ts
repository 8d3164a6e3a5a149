import { createHash, randomUUID } from 'node:crypto';
import type { media } from '#contract/media.ts';
import { refuse, type Verb, type WorkspaceContext } from '#server/platform/context/index.ts';
import { mediumKey } from './medium-files.ts';
import { insertMedium } from './medium-store.ts';
import { MAX_PIXELS, MAX_UPLOAD_BYTES, namePicture, type PictureMime, recognisePicture } from './picture.rules.ts';
import { presentMedium } from './present-medium.ts';
import type { RenderedPicture } from './render-task.ts';
import { renderer } from './renderer.ts';

/**
 * Takes a picture into the library: recognised by its bytes, encoded anew without what the camera wrote into it, with a
 * thumbnail. Refuses with `medium-too-large` or `medium-unsupported`, whose `context` (`heic`, `unknown`, `unreadable`)
 * chooses the advice.
 */
export const uploadMedium: Verb<typeof media.upload> = async (context, { file, alt }) => {
  if (file.size > MAX_UPLOAD_BYTES) {
    refuse('medium-too-large', { params: { context: 'bytes', maxMegabytes: MAX_UPLOAD_BYTES / 1024 / 1024 } });
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const mime = recognisePicture(bytes);
  if (mime === 'heic' || mime === 'unknown') refuse('medium-unsupported', { params: { context: mime } });
  const { original, thumbnail } = await renderFiles(bytes, mime);

  const place = { workspaceId: context.workspaceId, mediumId: randomUUID() };
  const { storage, config } = context.house;
  await storage.put(mediumKey(place, 'original'), original.bytes, { mime: original.mime });
  await storage.put(mediumKey(place, 'thumbnail'), thumbnail.bytes, { mime: thumbnail.mime });
  try {
    const row = await context.inWorkspace((tx) =>
      insertMedium(tx, {
        workspace_id: place.workspaceId,
        id: place.mediumId,
        name: namePicture(file.name),
        alt,
        mime: original.mime,
        size_bytes: original.bytes.byteLength,
        width: original.width,
        height: original.height,
        sha256: createHash('sha256').update(original.bytes).digest('hex'),
        uploaded_by: context.personId,
      }),
    );
    return presentMedium(row, config);
  } catch (error) {
    await forgetFiles(context, place);
    throw error;
  }
};

async function renderFiles(
  bytes: Uint8Array,
  mime: PictureMime,
): Promise<{ original: RenderedPicture; thumbnail: RenderedPicture }> {
  const outcome = await renderer.render({ kind: 'keep', bytes, mime });
  if (!outcome.ok) {
    if (outcome.failure === 'unreadable') refuse('medium-unsupported', { params: { context: 'unreadable' } });
    // A picture that is too much for the renderer's time or memory is too large, whatever its pixels.
    refuse('medium-too-large', { params: { context: 'pixels', max: MAX_PIXELS / 1_000_000 } });
  }
  const [original, thumbnail] = outcome.pictures;
  if (!original || !thumbnail) throw new Error('The renderer gave no pictures.');
  return { original, thumbnail };
}

async function forgetFiles(
  { house }: WorkspaceContext,
  place: { workspaceId: string; mediumId: string },
): Promise<void> {
  await house.storage.delete(mediumKey(place, 'original'));
  await house.storage.delete(mediumKey(place, 'thumbnail'));
}
