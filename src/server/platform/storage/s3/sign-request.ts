import { createHash, createHmac } from 'node:crypto';

/** Who signs, and where what is signed holds. */
export interface S3Login {
  keyId: string;
  secret: string;
  region: string;
}

export interface UnsignedRequest {
  method: string;
  /** Its path is signed as it stands there: S3 encodes it once only. */
  url: URL;
  /** Names in small letters, without `host`. */
  headers: Readonly<Record<string, string>>;
  /** SHA-256 of the body in hex. */
  bodySha256: string;
  at: Date;
}

/**
 * Signs a request by AWS Signature Version 4 and returns all headers to send but `host`. Every header that is given is
 * signed, so nobody on the way changes one, and the server holds the body against its hash.
 * Source: docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html, checked 2026-11-23.
 */
export function signRequest(request: UnsignedRequest, { keyId, secret, region }: S3Login): Record<string, string> {
  const time = request.at.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const day = time.slice(0, 8);
  const sent: Record<string, string> = {
    ...request.headers,
    'x-amz-content-sha256': request.bodySha256,
    'x-amz-date': time,
  };
  const signed = Object.entries({ ...sent, host: request.url.host }).sort(([a], [b]) => (a < b ? -1 : 1));
  const names = signed.map(([name]) => name).join(';');
  const canonical = [
    request.method,
    request.url.pathname,
    canonicalQuery(request.url.searchParams),
    ...signed.map(([name, value]) => `${name}:${value.trim().replace(/\s+/g, ' ')}`),
    '',
    names,
    request.bodySha256,
  ].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  const key = [day, region, 's3', 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${secret}`);
  const signature = hmac(key, text).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${keyId}/${scope},SignedHeaders=${names},Signature=${signature}`;
  return { ...sent, authorization };
}

export const sha256 = (what: string | Uint8Array): string => createHash('sha256').update(what).digest('hex');

const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();

function canonicalQuery(query: URLSearchParams): string {
  return [...query]
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map((pair) => pair.join('='))
    .join('&');
}

/** `encodeURIComponent` leaves five signs alone that AWS does not. */
export const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
