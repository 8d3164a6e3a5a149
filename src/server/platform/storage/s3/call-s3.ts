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
  /** Of one attempt; two minutes when absent: 8 MB by a line of 1 Mbit/s. */
  timeoutMs?: number;
  /** How often it is sent at most; 4 when absent. Everything that is asked of S3 here may be repeated. */
  attempts?: number;
}

/**
 * Asks the S3 server and returns what it answers when that says something of the file: 2xx, 404, 412, 416. Where it
 * does not answer, or says 429 or 5xx, it is asked again a few times; then, and when it refuses us, `StorageAway` is
 * thrown.
 */
export type CallS3 = (request: S3Request) => Promise<EgressAnswered>;

/** For so long after it was found away it is asked once only: nobody waits for what does not come. */
const AWAY_MS = 10_000;
/** Pauses before another attempt, in ms, each shortened by up to a half. */
const PAUSES_MS = [200, 800, 2_000];

export function createCallS3(source: S3Source, send: Egress['fetch']): CallS3 {
  const base = bucketUrl(source);
  const place = `${source.endpoint}, bucket ${source.bucket}`;
  let awayUntil = 0;
  return async (request) => {
    const attempts = performance.now() < awayUntil ? 1 : (request.attempts ?? PAUSES_MS.length + 1);
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await ask(source, base, send, request);
      if (typeof outcome !== 'string' && outcome.answer) {
        awayUntil = 0;
        return outcome.answer;
      }
      const said = typeof outcome === 'string' ? outcome : outcome.said;
      const mayPass = typeof outcome === 'string' || outcome.mayPass;
      if (!mayPass || attempt >= attempts) {
        if (mayPass) awayUntil = performance.now() + AWAY_MS;
        throw new StorageAway(place, said);
      }
      await wait((PAUSES_MS[attempt - 1] ?? 2_000) * (0.5 + Math.random() / 2));
    }
  };
}

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

type Outcome = { answer: EgressAnswered } | { answer: null; said: string; mayPass: boolean };

/** A text: why there was no answer. */
async function ask(source: S3Source, base: URL, send: Egress['fetch'], request: S3Request): Promise<Outcome | string> {
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
    timeoutMs: request.timeoutMs ?? 120_000,
    // The length that is told of a file without giving it is no body's.
    maxBytes: method === 'HEAD' ? Number.MAX_SAFE_INTEGER : (request.maxBytes ?? 1024 * 1024),
    toNamedHost: true,
  });
  if (answer.kind === 'egress-refused') return { answer: null, said: answer.reason, mayPass: false };
  if (answer.kind === 'egress-failed') return answer.detail;
  const { status } = answer;
  // Parts that become one file: the server may answer 200 at once and only then find out that it cannot.
  const code = status >= 300 || method === 'POST' ? readCode(answer.text()) : null;
  if (status < 300 && code === null) return { answer };
  if (ofTheFile.has(status) && code !== 'NoSuchBucket') return { answer };
  const mayPass = status === 429 || status >= 500 || status < 300 || passing.has(code ?? '');
  return { answer: null, said: code ?? String(status), mayPass };
}
