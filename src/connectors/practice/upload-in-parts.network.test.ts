import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json, UploadMemory } from '../kit/contract.ts';
import type { Http } from '../kit/http.ts';
import { directHttp, makePart } from '../kit/testing/index.ts';
import { practice } from './index.ts';
import { callOf, faultOf, openPractice, type Us, value } from './testing/open-practice.ts';

let net: Awaited<ReturnType<typeof openPractice>>;

beforeAll(async () => {
  net = await openPractice();
});
afterAll(() => net?.server.stop());

const MB = 1024 * 1024;
/** Begins as an MP4 does. */
const film = () => {
  const bytes = new Uint8Array(randomBytes(3.5 * MB));
  bytes.set([0, 0, 0, 24, 0x66, 0x74, 0x79, 0x70]);
  const video = { durationMs: 1_000, poster: null };
  return { mime: 'video/mp4', width: 160, height: 120, bytes, alt: 'Kneading', video };
};

/** As the house remembers it, over all workers. */
function openMemory(): UploadMemory & { kept: Map<string, Json> } {
  const kept = new Map<string, Json>();
  return {
    kept,
    find: async (key) => kept.get(key) ?? null,
    keep: async (key, state) => void kept.set(key, JSON.parse(JSON.stringify(state))),
    forget: async (key) => void kept.delete(key),
  };
}

/** Counts the bytes of parts that go out. */
function counting(): { http: Http; sent: () => number } {
  let sentBytes = 0;
  const http: Http = {
    request(request) {
      if (request.method === 'PUT') sentBytes += request.bytes?.byteLength ?? 0;
      return directHttp.request(request);
    },
  };
  return { http, sent: () => sentBytes };
}

const prepare = (us: Us, uploads: UploadMemory | undefined, part: ReturnType<typeof makePart>, http = directHttp) =>
  practice.publish.prepare({ ...callOf(us, http), ...(uploads ? { uploads } : {}) }, part);

test('an upload that was cut goes on from what had arrived, also in another worker, and is the same to the last byte', async () => {
  const us = await net.newAccount();
  const medium = film();
  const part = makePart({ text: 'Look', media: [medium] });
  const memory = openMemory();
  await net.server.misbehave({ kind: 'cut-upload' }, { account: us.account.handle, call: 'upload', skip: 1 });
  expect(faultOf(await prepare(us, memory, part))).toMatchObject({ kind: expect.stringMatching(/down|unknown/) });
  expect(memory.kept.size).toBe(1);

  // One part whole and half of the next: 1.5 MB are there.
  const { http, sent } = counting();
  const prepared = value(await prepare(us, memory, part, http));
  expect(sent()).toBe(2 * MB);
  expect(memory.kept.size).toBe(0);

  const posted = value(await net.send(us, prepared));
  const page = await (await fetch(posted.address ?? '')).text();
  const [, source] = /<video src="([^"]+)"/.exec(page) ?? [];
  const played = await fetch(`${net.server.url}${source}`);
  expect(Buffer.compare(new Uint8Array(await played.arrayBuffer()), medium.bytes)).toBe(0);
});

test('an upload whose last answer was lost is finished without a byte more', async () => {
  const us = await net.newAccount();
  const part = makePart({ text: 'Look', media: [film()] });
  const memory = openMemory();
  await net.server.misbehave({ kind: 'drop-after' }, { account: us.account.handle, call: 'upload', skip: 3 });
  faultOf(await prepare(us, memory, part));
  const { http, sent } = counting();
  value(await prepare(us, memory, part, http));
  expect(sent()).toBe(0);
});

test('an upload that the network knows no longer begins anew', async () => {
  const us = await net.newAccount();
  const part = makePart({ text: 'Look', media: [film()] });
  const memory = openMemory();
  const forgetful: UploadMemory = { ...memory, find: async () => ({ id: 'u-nothing' }) };
  value(await prepare(us, forgetful, part));
  value(await prepare(us, undefined, part));
});
