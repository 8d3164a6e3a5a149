import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';

/** The built interface, as far as serving it goes. */
export interface Web {
  /** A file of the build, or null. */
  file(pathname: string, headers: Headers): Response | null;
  /** The one page, its style nonce filled in; null before the first build. */
  page(styleNonce: string): Response | null;
}

interface Entry {
  file: string;
  type: string;
  isHashed: boolean;
  /** The service worker: asked for anew each time, so that a new version is seen at once. */
  isWorker: boolean;
  tag: string;
  /** Encodings that lie beside it, the best first. */
  encodings: { name: string; ending: string }[];
}

/** Serves what `dist/web` holds at the first request. Names are looked up in a list, so no path leads out of it. */
export function serveWeb(folder: string): Web {
  let entries: Map<string, Entry> | null = null;
  let html: string | null = null;
  const look = () => {
    if (entries) return;
    const index = path.join(folder, 'index.html');
    if (!existsSync(index)) return;
    html = readFileSync(index, 'utf8');
    entries = listEntries(folder);
  };
  return {
    file(pathname, headers) {
      look();
      const entry = entries?.get(pathname);
      return entry ? answerFile(entry, headers) : null;
    },
    page(styleNonce) {
      look();
      if (html === null) return null;
      return new Response(html.replace(nonceGap, `$1${styleNonce}$2`), {
        headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
      });
    },
  };
}

const nonceGap = /(<meta[^>]*\bname="style-nonce"[^>]*\bcontent=")[^"]*(")/;
const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};
const besides = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
];

function listEntries(folder: string): Map<string, Entry> {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => path.join(each.parentPath, each.name));
  const all = new Set(found);
  const entries = new Map<string, Entry>();
  for (const file of found) {
    const type = types[path.extname(file)];
    const pathname = `/${path.relative(folder, file).split(path.sep).join('/')}`;
    if (!type || pathname === '/index.html') continue;
    const { size, mtimeMs } = statSync(file);
    entries.set(pathname, {
      file,
      type,
      isHashed: pathname.startsWith('/assets/'),
      isWorker: pathname === '/sw.js',
      tag: `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`,
      encodings: besides.filter(({ ending }) => all.has(file + ending)),
    });
  }
  return entries;
}

/** Null when the file is gone: the interface was built anew under a running server. */
function answerFile(entry: Entry, asked: Headers): Response | null {
  const accepted = (asked.get('accept-encoding') ?? '').split(',').map((each) => each.trim().split(';')[0]);
  const encoding = entry.encodings.find(({ name }) => accepted.includes(name));
  const headers = new Headers({
    'content-type': entry.type,
    etag: encoding ? entry.tag.replace(/"$/, `-${encoding.name}"`) : entry.tag,
    'cache-control': entry.isWorker
      ? 'no-cache'
      : entry.isHashed
        ? 'public, max-age=31536000, immutable'
        : 'public, max-age=300',
    vary: 'accept-encoding',
  });
  if (entry.isWorker) headers.set('service-worker-allowed', '/');
  if (encoding) headers.set('content-encoding', encoding.name);
  if (asked.get('if-none-match') === headers.get('etag')) return new Response(null, { status: 304, headers });
  const file = entry.file + (encoding?.ending ?? '');
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) return null;
  headers.set('content-length', String(size));
  return new Response(Readable.toWeb(createReadStream(file)) as ReadableStream, { headers });
}
