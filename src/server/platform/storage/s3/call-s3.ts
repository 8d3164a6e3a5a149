import { setTimeout as wait } from 'node:timers/promises';
import type { S3Source } from '../../config/index.ts';
import type { Egress, EgressAnswered } from '../../egress/index.ts';
import { StorageAway } from '../storage.ts';
import { readCode } from './read-xml.ts';
import { encode, sha256, signRequest } from './sign-request.ts';

export interface S3Request {
  method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  /** Without the prefix; absent: the bucket itself. */
  key?: string;
  query?: Readonly<Record<string, string>>;
  /** Names in small letters. */
  headers?: Readonly<Record<string, string>>;
  body?: Uint8Array;
  /** Largest answer that is read; 1 MiB when absent. */
  maxBytes?: number;
  /** Of one attempt; when absent five seconds, and what the body and `readBytes` take by a line of half a Mbit/s. */
  timeoutMs?: number;
  /** How much of a file is asked for. */
  readBytes?: number;
  /** The caller's own: who does not wait any longer holds nothing up. */
  signal?: AbortSignal;
  /** How often it is sent at most; 4 when absent. Everything that is asked of S3 here may be repeated. */
  attempts?: number;
}

/**
 * Asks the S3 server and returns what it answers when that says something of the file: 2xx, 404, 412, 416. Where it
 * does not answer, or says 429 or 5xx, it is asked again a few times; then, and when it refuses us, `StorageAway` is
 * thrown. While it is away one caller at a time tries whether it is back; the others are told at once.
 */
export type CallS3 = (request: S3Request) => Promise<EgressAnswered>;

/** What is asked of a server that is there is answered within this, without what goes over the line. */
const SHORT_MS = 5_000;
/** 8 MB in two minutes. */
const BYTES_PER_MS = 70;
/** Pauses before another attempt, in ms, each shortened by up to a half. */
const PAUSES_MS = [200, 800, 2_000];

/** `shortMs`: what is waited for an answer of a few bytes; two such waits without any are enough. */
export function createCallS3(
  source: S3Source,
  send: Egress['fetch'],
  { shortMs = SHORT_MS }: { shortMs?: number } = {},
): CallS3 {
  const base = bucketUrl(source);
  const place = `${source.endpoint}, bucket ${source.bucket}`;
  let away: { said: string; triedAt: number } | null = null;
  return async (request) => {
    const startedAt = performance.now();
    const wasAway = away !== null;
    if (away) {
      if (startedAt - away.triedAt < shortMs) throw new StorageAway(place, away.said);
      away.triedAt = startedAt;
    }
    const attempts = wasAway ? 1 : (request.attempts ?? PAUSES_MS.length + 1);
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await ask(source, base, send, {
        ...request,
        timeoutMs: request.timeoutMs ?? timeFor(request, shortMs),
      });
      if (outcome.answer) {
        away = null;
        return outcome.answer;
      }
      const { said, mayPass, isSilent } = outcome;
      request.signal?.throwIfAborted();
      const isHung = isSilent && performance.now() - startedAt >= 2 * shortMs;
      if (!mayPass || isHung || attempt >= attempts) {
        // It answered, though it refuses us; or the next caller may try.
        away = mayPass ? { said, triedAt: Number.NEGATIVE_INFINITY } : null;
        throw new StorageAway(place, said);
      }
      await wait((PAUSES_MS[attempt - 1] ?? 2_000) * (0.5 + Math.random() / 2), undefined, { signal: request.signal });
    }
  };
}

const timeFor = ({ body, readBytes = 0 }: S3Request, shortMs: number): number =>
  shortMs + Math.ceil(((body?.byteLength ?? 0) + readBytes) / BYTES_PER_MS);

/** Where the bucket is: in the path, or as a name before the host. */
export function bucketUrl({ endpoint, bucket, pathStyle }: S3Source): URL {
  const url = new URL(endpoint);
  const path = url.pathname.replace(/\/+$/, '');
  if (!pathStyle) url.hostname = `${bucket}.${url.hostname}`;
  url.pathname = pathStyle ? `${path}/${bucket}/` : `${path}/`;
  return url;
}

/** The name under which the egress client may reach it wherever it is. */
export function hostOfS3(source: S3Source): string {
  const url = bucketUrl(source);
  return `${url.hostname.replace(/^\[|\]$/g, '')}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
}

/** What the server says of the file, and not of us or itself. */
const ofTheFile = new Set([404, 412, 416]);
/** Refusals that are none: too slow a body, another write at the same time. */
const passing = new Set(['RequestTimeout', 'OperationAborted']);

/** `isSilent`: nothing came back at all within the time. */
type Outcome = { answer: EgressAnswered } | { answer: null; said: string; mayPass: boolean; isSilent: boolean };

async function ask(
  source: S3Source,
  base: URL,
  send: Egress['fetch'],
  request: S3Request & { timeoutMs: number },
): Promise<Outcome> {
  const { method, key, query = {}, headers = {}, body = new Uint8Array() } = request;
  const url = new URL(base);
  if (key !== undefined) url.pathname += source.prefix + key;
  // Written by hand: what is signed and what is sent must be encoded alike.
  url.search = Object.entries(query)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&');
  const signed = signRequest({ method, url, headers, bodySha256: sha256(body), at: new Date() }, source);
  const answer = await send(url, {
    method,
    headers: { ...signed, 'accept-encoding': 'identity' },
    ...(method === 'PUT' || method === 'POST' ? { body } : {}),
    ...(request.signal ? { signal: request.signal } : {}),
    timeoutMs: request.timeoutMs,
    // The length that is told of a file without giving it is no body's.
    maxBytes: method === 'HEAD' ? Number.MAX_SAFE_INTEGER : (request.maxBytes ?? 1024 * 1024),
    toNamedHost: true,
  });
  const failed = (said: string, mayPass: boolean, isSilent = false): Outcome => ({
    answer: null,
    said,
    mayPass,
    isSilent,
  });
  if (answer.kind === 'egress-refused') return failed(answer.reason, false);
  if (answer.kind === 'egress-failed') return failed(answer.detail, true, answer.reason === 'timeout');
  const { status } = answer;
  // Parts that become one file: the server may answer 200 at once and only then find out that it cannot.
  const code = status >= 300 || method === 'POST' ? readCode(answer.text()) : null;
  if (status < 300 && code === null) return { answer };
  if (ofTheFile.has(status) && code !== 'NoSuchBucket') return { answer };
  const mayPass = status === 429 || status >= 500 || status < 300 || passing.has(code ?? '');
  return failed(code ?? String(status), mayPass);
}
