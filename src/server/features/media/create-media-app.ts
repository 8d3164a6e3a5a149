import { Hono } from 'hono';
import { answerFile } from '#server/platform/http/index.ts';
import type { Storage } from '#server/platform/storage/index.ts';
import { isMediumFile, mediumKey } from './medium-files.ts';
import { isPictureMime } from './picture.rules.ts';
import { isVideoMime } from './video.rules.ts';

/**
 * Serves the library's files; mount it at `/media`. Only what was encoded anew is there, under ids that cannot be
 * guessed, with a type from our own list. A file never changes, so it may be kept for good.
 */
export function createMediaApp({ storage }: { storage: Storage }): Hono {
  const app = new Hono();
  app.get('/:workspaceId/:mediumId/:file', async (c) => {
    const { workspaceId, mediumId, file } = c.req.param();
    if (!uuid.test(workspaceId) || !uuid.test(mediumId) || !isMediumFile(file)) return c.notFound();
    const stored = await storage.get(mediumKey({ workspaceId, mediumId }, file));
    if (!stored?.mime || !(isPictureMime(stored.mime) || isVideoMime(stored.mime))) return c.notFound();
    const etag = `"${mediumId}-${file}"`;
    const headers = {
      'Cache-Control': 'public, max-age=31536000, immutable',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Content-Disposition': `inline; filename="${file}.${stored.mime.slice(stored.mime.indexOf('/') + 1)}"`,
      'Content-Type': stored.mime,
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Accept-Ranges': 'bytes',
      ETag: etag,
      'X-Content-Type-Options': 'nosniff',
      'X-Robots-Tag': 'noindex',
    };
    if (c.req.header('If-None-Match') === etag) return c.body(null, 304, headers);
    return answerFile(c.req.raw, stored, headers);
  });
  return app;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
