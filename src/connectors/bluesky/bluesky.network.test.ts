import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BlueskyServer, startBluesky, type TestAccount } from '#test/servers/bluesky/index.ts';
import { readVideo } from '#test/videos/index.ts';
import type { Connected, Json, MediumToSend, PartToSend, Prepared, SentPart } from '../kit/contract.ts';
import type { Outcome } from '../kit/faults.ts';
import type { Http } from '../kit/http.ts';
import { directHttp, losingAnswers, makeAccountCall, makeCall, makePart, scriptedHttp } from '../kit/testing/index.ts';
import { bluesky } from './index.ts';

let server: BlueskyServer;
let [bakery, clara]: TestAccount[] = [];
let connected: Connected;

beforeAll(async () => {
  server = await startBluesky();
  [bakery, clara] = [await server.createAccount('bakery'), await server.createAccount('clara')];
  await bakery.setName('Bäckerei \u202eMüller');
  connected = value(await connect({}));
}, 300_000);
afterAll(() => server?.stop());

const us = () => get(bakery);
const them = () => get(clara);
const connect = (values: Record<string, string>) =>
  bluesky.auth.connect(makeCall(directHttp), {
    server: server.pdsUrl,
    identifier: us().handle,
    password: us().appPassword,
    ...values,
  });
const call = (http: Http = directHttp, credential = connected.credential) =>
  makeAccountCall(http, { ...connected, credential });
const allowed = { beforeWrite: () => undefined };
const prepare = async (part: PartToSend): Promise<Prepared> => value(await bluesky.publish.prepare(call(), part));
const send = (prepared: Prepared, http: Http = directHttp) => bluesky.publish.send(call(http), prepared, allowed);
const publish = async (fields: Partial<PartToSend>) => value(await send(await prepare(makePart(fields))));
const countOf = async (text: string) => (await us().listPosts()).filter((post) => post.value['text'] === text).length;
const isWrite = ({ url }: { url: string }) => url.includes('putRecord');

async function picture(width: number, height: number): Promise<MediumToSend> {
  const image = sharp({ create: { width, height, channels: 3, background: '#d9a066' } });
  return { mime: 'image/jpeg', width, height, alt: 'ขนมปัง, warm', bytes: await image.jpeg().toBuffer() };
}

describe('connecting', () => {
  test('gives the account, its name without tricks, its own server and a credential that ends', () => {
    expect(connected.account).toEqual({
      remoteId: us().did,
      handle: 'bakery.test',
      name: 'Bäckerei Müller',
      address: 'https://bsky.app/profile/bakery.test',
      server: server.pdsUrl,
    });
    expect(Number(connected.expiresAt)).toBeGreaterThan(Date.now() + 3_600_000);
  });

  test('takes a handle as people copy it', async () => {
    expect((await connect({ identifier: ' @\u202aBakery.test\u202c ' })).ok).toBe(true);
  });

  test.each([
    ['a wrong password', { password: 'aaaa-bbbb-cccc-dddd' }, 'password', 'sign-in-refused'],
    ['an unknown account', { identifier: 'nobody.test' }, 'password', 'sign-in-refused'],
    ['no password', { password: ' ' }, 'password', 'required'],
    ['no handle', { identifier: '@' }, 'identifier', 'required'],
    ['no address', { server: 'bluesky' }, 'server', 'server-invalid'],
    ['no web address', { server: 'ftp://example.com' }, 'server', 'server-invalid'],
  ])('%s is refused at its field', async (_name, values, field, reason) => {
    expect(fault(await connect(values))).toMatchObject({ kind: 'content-rejected', field, reason });
  });

  test('a web server that is no account server is told as such', async () => {
    const website = scriptedHttp(() => ({ status: 200, body: '<!doctype html>' }));
    const values = { server: 'example.com', identifier: 'a.test', password: 'x' };
    expect(fault(await bluesky.auth.connect(makeCall(website), values))).toMatchObject({
      field: 'server',
      reason: 'server-unsuitable',
    });
  });

  test('an expired token is told, renewed, and works again', async () => {
    const expired = { ...(connected.credential as object), accessJwt: us().expiredToken() };
    const prepared = await prepare(makePart());
    expect(fault(await bluesky.publish.send(call(directHttp, expired), prepared, allowed))).toMatchObject({
      kind: 'credential-rejected',
      reached: 'no',
    });
    const renewed = value(await bluesky.auth.refresh(call(directHttp, expired)));
    expect(renewed.credential).not.toEqual(connected.credential);
    expect((await bluesky.publish.send(call(directHttp, renewed.credential as never), prepared, allowed)).ok).toBe(
      true,
    );
  });

  test('a session that was ended cannot be renewed', async () => {
    const ended = { ...(connected.credential as object), refreshJwt: us().expiredToken() };
    expect(fault(await bluesky.auth.refresh(call(directHttp, ended)))).toMatchObject({ kind: 'credential-rejected' });
  });
});

describe('publishing', () => {
  test('text with Thai, a mention, a link and a tag arrives with each at its place', async () => {
    const text = `สวัสดี @clara.test 🥐 ดูที่https://example.com/เมนู #เบเกอรี่ @nobody.test`;
    const { remoteId, address } = await publish({ text, language: 'th' });
    const post = await seen(remoteId);
    expect(address).toBe(`https://bsky.app/profile/${us().did}/post/${remoteId.split('/').at(-1)}`);
    expect(post.record).toMatchObject({ text, langs: ['th'] });
    const bytes = Buffer.from(text);
    const facets = post.record['facets'] as {
      index: { byteStart: number; byteEnd: number };
      features: Record<string, string>[];
    }[];
    expect(
      facets.map(({ index, features: [feature = {}] }) => [
        bytes.subarray(index.byteStart, index.byteEnd).toString(),
        feature['did'] ?? feature['uri'] ?? feature['tag'],
      ]),
    ).toEqual([
      ['@clara.test', them().did],
      ['https://example.com/เมนู', 'https://example.com/เมนู'],
      ['#เบเกอรี่', 'เบเกอรี่'],
    ]);
  });

  test('pictures keep their alt text and shape', async () => {
    const media = [await picture(80, 60), { ...(await picture(30, 90)), alt: '' }];
    const post = await seen((await publish({ text: '', media })).remoteId);
    expect(post.embed).toMatchObject({
      images: [
        { alt: 'ขนมปัง, warm', aspectRatio: { width: 80, height: 60 } },
        { alt: '', aspectRatio: { width: 30, height: 90 } },
      ],
    });
  });

  test('a video is kept by the server as it is, with its words and shape', async () => {
    const bytes = await readVideo('standing.mp4');
    const film = {
      mime: 'video/mp4',
      width: 120,
      height: 160,
      bytes,
      alt: 'ขนมปัง',
      video: { durationMs: 1_000, poster: null },
    };
    const { remoteId } = await publish({ text: '', media: [film] });
    const embed = (await seen(remoteId)).record['embed'] as { $type: string; video: { ref: { toString(): string } } };
    expect(embed).toMatchObject({
      $type: 'app.bsky.embed.video',
      alt: 'ขนมปัง',
      aspectRatio: { width: 120, height: 160 },
      video: { mimeType: 'video/mp4', size: bytes.byteLength },
    });
  });

  test('a link becomes a card with its picture', async () => {
    const link = { url: 'https://example.com/', title: 'Menu', description: 'Bread', image: await picture(40, 20) };
    const post = await seen((await publish({ link })).remoteId);
    expect(post.embed).toMatchObject({
      external: { uri: link.url, title: 'Menu', description: 'Bread', thumb: expect.any(String) },
    });
  });

  test('a thread hangs together', async () => {
    const before: SentPart[] = [];
    for (const text of ['1/3', '2/3', '3/3']) before.push(await publish({ text, before: [...before] }));
    const [first, second, third] = before.map(({ receipt }) => receipt);
    expect((await seen(get(before[1]).remoteId)).record['reply']).toEqual({ root: first, parent: first });
    expect((await seen(get(before[2]).remoteId)).record['reply']).toEqual({ root: first, parent: second });
    expect(third).toMatchObject({ uri: get(before[2]).remoteId });
  });

  test('300 characters of Thai go out and 301 are refused at the text', async () => {
    await publish({ text: 'ที่'.repeat(300) });
    const over = makePart({ text: 'ที่'.repeat(301) });
    const refused = { kind: 'content-rejected', field: 'text' };
    expect(fault(await bluesky.publish.prepare(call(), over))).toMatchObject(refused);
    // The network draws the line at the same place.
    const { request, ...prepared } = await prepare(makePart({ text: 'short' }));
    const { record, ...write } = request as { record: { [field: string]: Json } };
    const forced = { ...prepared, request: { ...write, record: { ...record, text: over.text } } };
    expect(fault(await send(forced))).toMatchObject({ ...refused, reached: 'no' });
  });

  test('a part is prepared the same however often it is', async () => {
    const part = makePart({ text: '#same', media: [await picture(20, 20)] });
    expect(await prepare(part)).toEqual(await prepare(part));
  });

  test('the same send repeated, also at once, makes one post', async () => {
    const prepared = await prepare(makePart({ text: 'once only' }));
    const sent = value(await send(prepared));
    const again = await Promise.all([send(prepared), send(prepared), send(prepared)]);
    expect(again.map(value)).toEqual([sent, sent, sent]);
    const together = await prepare(makePart({ text: 'together' }));
    await Promise.all(Array.from({ length: 4 }, () => send(together)));
    expect([await countOf('once only'), await countOf('together')]).toEqual([1, 1]);
  });

  test('a lost answer is unknown, found by its key, and no second post when repeated', async () => {
    const prepared = await prepare(makePart({ text: 'lost answer' }));
    expect(value(await bluesky.publish.find(call(), prepared))).toEqual({ found: false, conclusive: true });
    const lost = fault(await send(prepared, losingAnswers(directHttp, isWrite)));
    expect(lost).toMatchObject({ kind: 'outcome-unknown', reached: 'unknown' });
    const found = value(await bluesky.publish.find(call(), prepared));
    expect(found).toEqual({ found: true, sent: value(await send(prepared)) });
    expect(await countOf('lost answer')).toBe(1);
  });

  test('a key that holds another record is never overwritten, taken for ours, or called absent', async () => {
    const part = makePart({ text: 'the first' });
    const { remoteId } = value(await send(await prepare(part)));
    const other = await prepare({ ...part, text: 'another' });
    expect(fault(await send(other))).toMatchObject({ kind: 'duplicate', existingId: remoteId, reached: 'unknown' });
    expect(value(await bluesky.publish.find(call(), other))).toEqual({ found: false, conclusive: false });
    expect([await countOf('the first'), await countOf('another')]).toEqual([1, 0]);
  });

  test('nothing goes out when the guard says no at the last moment', async () => {
    const prepared = await prepare(makePart({ text: 'too late' }));
    const tooLate = {
      beforeWrite: () => {
        throw new Error('past the deadline');
      },
    };
    expect(fault(await bluesky.publish.send(call(), prepared, tooLate))).toMatchObject({ reached: 'no' });
    expect(await countOf('too late')).toBe(0);
  });

  test('what is out is listed newest first, with what it answers, and nothing from before', async () => {
    const since = new Date(Date.now() - 60_000);
    const first = await publish({ text: 'Listed', createdAt: new Date() });
    const before: SentPart[] = [first];
    const reply = await publish({ text: 'Beneath it', before, createdAt: new Date(Date.now() + 1) });
    await publish({ text: 'Long ago', createdAt: new Date('2020-01-01T10:00:00Z') });
    const own = value(await bluesky.publish.recent(call(), since));
    const ours = own.filter(({ sent }) => [first, reply].some(({ remoteId }) => remoteId === sent.remoteId));
    expect(ours).toEqual([
      { sent: reply, text: 'Beneath it', replyTo: first.remoteId, at: expect.any(Date) },
      { sent: first, text: 'Listed', replyTo: null, at: expect.any(Date) },
    ]);
    expect(own.map(({ text }) => text)).not.toContain('Long ago');
  });

  test('a post is taken down, and taking it down again succeeds', async () => {
    const { remoteId } = await publish({ text: 'gone soon' });
    for (const _ of [1, 2]) expect(await bluesky.publish.remove(call(), remoteId)).toEqual({ ok: true, value: null });
    expect(await countOf('gone soon')).toBe(0);
    await expect
      .poll(async () => value(await bluesky.insights.posts(call(), [remoteId]))[0]?.readings.likes, { timeout: 5_000 })
      .toEqual({ state: 'gone' });
  });
});

describe('measuring', () => {
  test('what a second account does is counted, and each count opens to who did it', async () => {
    const { remoteId } = await publish({ text: 'measure me' });
    await them().like(remoteId);
    await them().repost(remoteId);
    await them().reply(remoteId, 'See you at <b>eight</b>!');
    await them().quote(remoteId, 'Go there');
    await them().follow(us().did);
    await expect
      .poll(async () => value(await bluesky.insights.posts(call(), [remoteId]))[0], { timeout: 10_000 })
      .toEqual({
        remoteId,
        readings: Object.fromEntries(
          Object.entries({ likes: 1, reposts: 1, replies: 1, quotes: 1, bookmarks: 0 }).map(([metric, count]) => [
            metric,
            { state: 'value', value: count },
          ]),
        ),
      });
    await expect
      .poll(async () => value(await bluesky.insights.account(call())), { timeout: 5_000 })
      .toEqual({ followers: { state: 'value', value: 1 } });

    const acts = value(await bluesky.insights.engagements(call(), remoteId, 50));
    expect(acts.map(({ kind }) => kind)).toEqual(['quote', 'reply', 'like', 'repost']);
    expect(acts.every(({ actor }) => actor.remoteId === them().did && actor.handle === 'clara.test')).toBe(true);
    expect(acts[1]).toMatchObject({ text: 'See you at <b>eight</b>!', address: expect.stringContaining(them().did) });
    expect(value(await bluesky.insights.engagements(call(), remoteId, 2))).toHaveLength(2);
  });

  test('figures of more posts than one call takes come back for every one', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 27; n += 1) ids.push((await publish({ text: `many ${n}` })).remoteId);
    await seen(get(ids.at(-1)));
    const figures = value(await bluesky.insights.posts(call(), ids));
    expect(figures.map(({ remoteId }) => remoteId)).toEqual(ids);
    expect(figures.every(({ readings }) => readings.likes?.state === 'value')).toBe(true);
  });
});

/** The post as everyone sees it, once the network shows it. */
async function seen(uri: string) {
  await expect.poll(() => them().getPost(uri), { timeout: 5_000, interval: 50 }).not.toBeNull();
  return get(await them().getPost(uri));
}

function get<T>(maybe: T | null | undefined): T {
  if (maybe === null || maybe === undefined) throw new Error('Nothing there');
  return maybe;
}
function value<T, F>(outcome: Outcome<T, F>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.fault));
  return outcome.value;
}
function fault<T, F>(outcome: Outcome<T, F>): F {
  if (outcome.ok) throw new Error(`Expected a fault, got ${JSON.stringify(outcome.value)}`);
  return outcome.fault;
}
