import type { Context } from '#server/platform/context/index.ts';
import { recognisePicture } from './picture.rules.ts';
import type { RenderedPicture } from './render-task.ts';
import { renderer } from './renderer.ts';

/**
 * A picture that came from elsewhere and is not kept (a link card's), as a JPEG within the limits. Null when it is no
 * picture we read, or cannot be made to fit: such a picture is never worth failing for.
 */
export async function renderForeignImage(
  { log }: Context,
  { bytes, maxBytes, maxEdge }: { bytes: Uint8Array; maxBytes: number; maxEdge: number },
): Promise<RenderedPicture | null> {
  const mime = recognisePicture(bytes);
  if (mime === 'heic' || mime === 'unknown') return null;
  const limits = { maxBytes, maxEdge, mimes: ['image/jpeg'] };
  const outcome = await renderer.render({ kind: 'fit', bytes, limits });
  if (outcome.ok) return outcome.pictures[0] ?? null;
  log.debug({ reason: outcome.failure }, 'a foreign picture was left out');
  return null;
}
