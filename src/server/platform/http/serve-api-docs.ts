import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Hono } from 'hono';
import type { HttpEnv } from './call.ts';

/**
 * Serves the readable description of the API, in which calls can be tried, at /api/docs; its data is
 * /api/openapi.json. Everything comes from this server and keeps to the policy of our own pages. Mount it before what
 * forbids keeping: the viewer's files are large and change with the version alone.
 */
export function serveApiDocs(app: Hono<HttpEnv>): void {
  app.get('/api/docs', () => respond('text/html; charset=utf-8', page, 'no-store'));
  for (const [name, { type, load }] of Object.entries(files)) {
    let made: Promise<Packed> | null = null;
    app.get(`/api/docs/${name}`, async (c) => {
      made ??= load().then(pack);
      const { bytes, packed, tag } = await made.catch((error: unknown) => {
        made = null;
        throw error;
      });
      const headers = { etag: tag, vary: 'accept-encoding', 'cache-control': 'public, max-age=3600' };
      if (c.req.header('if-none-match') === tag) return new Response(null, { status: 304, headers });
      const takesGzip = c.req.header('accept-encoding')?.includes('gzip') === true;
      return new Response(takesGzip ? packed : bytes, {
        headers: { ...headers, 'content-type': type, ...(takesGzip ? { 'content-encoding': 'gzip' } : {}) },
      });
    });
  }
}

const respond = (type: string, text: string, keep: string): Response =>
  new Response(text, { headers: { 'content-type': type, 'cache-control': keep } });

interface Packed {
  bytes: Uint8Array<ArrayBuffer>;
  packed: Uint8Array<ArrayBuffer>;
  tag: string;
}

async function pack(bytes: Uint8Array<ArrayBuffer>): Promise<Packed> {
  const packed = new Uint8Array(await promisify(gzip)(bytes));
  return { bytes, packed, tag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 20)}"` };
}

const fromViewer = (name: string) => async () => {
  const folder = path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  return new Uint8Array(await readFile(path.join(folder, name)));
};
const own = (text: string) => async () => new Uint8Array(Buffer.from(text));

/**
 * Starts the viewer. The session cookie goes along by itself; a key is entered at "Authorize". It is kept in no storage
 * of the browser.
 */
const start = `window.addEventListener('DOMContentLoaded', () => {
  window.SwaggerUIBundle({
    url: '/api/openapi.json',
    dom_id: '#api',
    deepLinking: true,
    docExpansion: 'none',
    filter: true,
    displayRequestDuration: true,
    defaultModelsExpandDepth: -1,
    tryItOutEnabled: true,
    syntaxHighlight: { theme: 'idea' },
    validatorUrl: null,
    withCredentials: true,
  });
});
`;

const look = `:root { color-scheme: light; }
body { margin: 0; background: #fff; }
header { max-width: 1460px; margin: 0 auto; padding: 16px 20px 0; font: 15px/1.5 system-ui, sans-serif; }
header a { color: #24527a; }
.swagger-ui .info { margin: 20px 0; }
.swagger-ui .opblock .opblock-summary-description { text-align: start; }
`;

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Goalpost API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/api/docs/viewer.css">
<link rel="stylesheet" href="/api/docs/look.css">
<script src="/api/docs/viewer.js" defer></script>
<script src="/api/docs/start.js" defer></script>
</head>
<body>
<header><a href="/">Goalpost</a> · <a href="/api/openapi.json">openapi.json</a></header>
<main id="api"></main>
<noscript>The description is also at <a href="/api/openapi.json">/api/openapi.json</a>.</noscript>
</body>
</html>
`;

const [css, js] = ['text/css; charset=utf-8', 'text/javascript; charset=utf-8'];
const files: Readonly<Record<string, { type: string; load: () => Promise<Uint8Array<ArrayBuffer>> }>> = {
  'viewer.css': { type: css, load: fromViewer('swagger-ui.css') },
  'viewer.js': { type: js, load: fromViewer('swagger-ui-bundle.js') },
  'start.js': { type: js, load: own(start) },
  'look.css': { type: css, load: own(look) },
};
