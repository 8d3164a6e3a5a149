import { Hono } from 'hono';
import type { Storage } from '#server/platform/storage/index.ts';
import { type MediumFile, mediumKey } from './medium-files.ts';
import { isPictureMime } from './picture.rules.ts';

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
    if (!stored?.mime || !isPictureMime(stored.mime)) return c.notFound();
    const etag = `"${mediumId}-${file}"`;
    const headers = {
      'Cache-Control': 'public, max-age=31536000, immutable',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Content-Disposition': `inline; filename="${file}.${stored.mime.slice('image/'.length)}"`,
      'Content-Type': stored.mime,
      'Cross-Origin-Resource-Policy': 'cross-origin',
      ETag: etag,
      'X-Content-Type-Options': 'nosniff',
      'X-Robots-Tag': 'noindex',
    };
    if (c.req.header('If-None-Match') === etag) return c.body(null, 304, headers);
    const bytes = await stored.bytes();
    return c.body(new Uint8Array(bytes), 200, { ...headers, 'Content-Length': String(stored.sizeBytes) });
  });
  return app;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function isMediumFile(file: string): file is MediumFile {
  return file === 'original' || file === 'thumbnail';
}
