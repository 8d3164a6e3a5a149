import { createHash } from 'node:crypto';
import type { Config } from '#server/platform/config/index.ts';
import { answerFile } from '#server/platform/http/index.ts';
import type { StoredFile } from '#server/platform/storage/index.ts';

/** Builds the answers of public pages, all with the same security headers. */
export interface Answer {
  /** A body that may be kept a minute and asked for again by its tag. */
  fresh(request: Request, body: string, type: string, more?: Record<string, string>): Response;
  /** A page that says why there is nothing. */
  notice(status: 404 | 410, body: string): Response;
  /** A file whose name changes with its content, or that is sure to stay as it is. */
  file(body: string, type: string, maxAgeS: number): Response;
  /** The same out of the storage, or the range of it that was asked for. */
  kept(request: Request, file: StoredFile, type: string, maxAgeS: number): Promise<Response>;
  /** On to somewhere else. `counted` redirects must come by here each time. */
  redirect(url: string, status: 301 | 302): Response;
}

export function createAnswer({ publicUrl, mediaUrl }: Pick<Config, 'publicUrl' | 'mediaUrl'>): Answer {
  const pictures = mediaUrl === publicUrl ? '' : ` ${mediaUrl}`;
  const secure = {
    'content-security-policy': `default-src 'none'; style-src 'self'; img-src 'self'${pictures}; media-src 'self'${pictures}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
  };
  const forFile = (type: string, maxAgeS: number): Record<string, string> => ({
    ...secure,
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'cross-origin',
    'content-type': type,
    'cache-control': `public, max-age=${maxAgeS}, immutable`,
  });
  return {
    fresh(request, body, type, more = {}) {
      const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
      const headers = { ...secure, ...more, etag, 'cache-control': 'public, max-age=60' };
      const known = (request.headers.get('if-none-match') ?? '')
        .split(',')
        .map((tag) => tag.trim().replace(/^W\//, ''));
      if (known.includes(etag)) return new Response(null, { status: 304, headers });
      return new Response(body, { headers: { ...headers, 'content-type': type } });
    },
    notice: (status, body) =>
      new Response(body, {
        status,
        headers: {
          ...secure,
          'content-type': htmlType,
          'cache-control': 'public, max-age=60',
          vary: 'accept-language',
        },
      }),
    file: (body, type, maxAgeS) => new Response(body, { headers: forFile(type, maxAgeS) }),
    kept: (request, file, type, maxAgeS) =>
      answerFile(request, file, { ...forFile(type, maxAgeS), 'accept-ranges': 'bytes' }),
    redirect: (url, status) =>
      new Response(null, {
        status,
        headers: {
          ...secure,
          location: url,
          'cache-control': status === 301 ? 'public, max-age=60' : 'no-store',
          ...(status === 302 && { 'x-robots-tag': 'noindex' }),
        },
      }),
  };
}

export const htmlType = 'text/html; charset=utf-8';
