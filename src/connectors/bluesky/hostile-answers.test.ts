import { describe, expect, test } from 'vitest';
import type { HttpRequest } from '../kit/http.ts';
import { makeAccountCall, makeCall, makePart, type ScriptedAnswer, scriptedHttp } from '../kit/testing/index.ts';
import { bluesky } from './index.ts';

const did = 'did:plc:abcdefghijklmnopqrstuvwx';
const uri = `at://${did}/app.bsky.feed.post/3abc`;
const pds = 'https://pds.example';
const credential = { accessJwt: 'a', refreshJwt: 'r', did, pds };
const account = { remoteId: did, handle: 'a.test', name: 'A', address: 'https://x.example', server: pds };
const session = { accessJwt: 'new', refreshJwt: 'newer', did, handle: 'a.test' };
const asAccount = (answer: (request: HttpRequest) => ScriptedAnswer) =>
  makeAccountCall(scriptedHttp(answer), { account, credential });
const nothing = { beforeWrite: () => undefined };

const deep = ['{"a":'.repeat(50_000), '1', '}'.repeat(50_000)].join('');
const bodies: [string, unknown][] = [
  ['nothing', ''],
  ['null', 'null'],
  ['a list', []],
  ['a page', '<html><script>alert(1)</script>'],
  ['deep nesting', deep],
  ['other types', { uri: 1, cid: {}, posts: 'x', did: [], accessJwt: 7, likes: null, thread: 3, value: 'x' }],
  ['huge strings', { uri: 'x'.repeat(1e6), cid: 'x'.repeat(1e6), accessJwt: 'x'.repeat(1e6), did: 'x'.repeat(1e6) }],
  ['a prototype', '{"__proto__":{"uri":"at://x/y/z"},"constructor":{}}'],
];

describe('an answer that makes no sense', () => {
  test.each(bodies)('after a send leaves the outcome unknown: %s', async (_name, body) => {
    const call = asAccount(() => ({ status: 200, body }));
    const prepared = await bluesky.publish.prepare(call, makePart({ text: 'x' }));
    if (!prepared.ok) throw new Error(prepared.fault.said);
    const sent = await bluesky.publish.send(call, prepared.value, nothing);
    expect(sent).toMatchObject({ ok: false, fault: { kind: 'contract-broken', reached: 'unknown' } });
    const found = await bluesky.publish.find(call, prepared.value);
    expect(found).toMatchObject({ ok: false, fault: { kind: 'contract-broken' } });
  });

  test.each(bodies)('never replaces a credential: %s', async (_name, body) => {
    const renewed = await bluesky.auth.refresh(asAccount(() => ({ status: 200, body })));
    expect(renewed).toMatchObject({ ok: false, fault: { kind: 'contract-broken' } });
  });

  test.each(bodies)('is no figure and no evidence: %s', async (_name, body) => {
    const call = asAccount(() => ({ status: 200, body }));
    expect(await bluesky.insights.posts(call, [uri])).toMatchObject({ ok: false });
    expect(await bluesky.insights.account(call)).toMatchObject({ ok: false });
    expect(await bluesky.insights.engagements(call, uri, 10)).toMatchObject({ ok: false });
  });
});

test('a send answered for another record is unknown', async () => {
  const call = asAccount(() => ({ status: 200, body: { uri, cid: 'bafy' } }));
  const prepared = await bluesky.publish.prepare(call, makePart());
  if (!prepared.ok) throw new Error(prepared.fault.said);
  expect(await bluesky.publish.send(call, prepared.value, nothing)).toMatchObject({ fault: { reached: 'unknown' } });
});

test('a renewal for another account, or with nothing to call with, is refused', async () => {
  for (const change of [{ did: 'did:plc:other' }, { accessJwt: '' }, { accessJwt: undefined }]) {
    const call = asAccount(() => ({ status: 200, body: { ...session, ...change } }));
    expect(await bluesky.auth.refresh(call)).toMatchObject({ fault: { kind: 'contract-broken' } });
  }
});

test('a renewal that brings no refresh token keeps the older one', async () => {
  for (const refreshJwt of [undefined, '', null, 7]) {
    const call = asAccount(() => ({ status: 200, body: { ...session, refreshJwt } }));
    const older = (call.credential as { refreshJwt: string }).refreshJwt;
    expect(await bluesky.auth.refresh(call)).toMatchObject({ ok: true, value: { credential: { refreshJwt: older } } });
  }
});

test('the tokens never stand in what is said or asked by address', async () => {
  const http = scriptedHttp(() => ({ status: 500, body: { message: 'broken' } }));
  const call = makeAccountCall(http, { account, credential: { ...credential, accessJwt: 'secret-token' } });
  const outcome = await bluesky.insights.posts(call, [uri]);
  expect(JSON.stringify(outcome)).not.toContain('secret-token');
  expect(http.requests.some(({ url }) => url.includes('secret-token'))).toBe(false);
});

test.each([
  ['https://own.example', 'https://own.example'],
  ['http://own.example', 'https://entry.example'],
  ['javascript:alert(1)', 'https://entry.example'],
  ['nonsense', 'https://entry.example'],
])('an account whose identity names the server %s is served at %s', async (serviceEndpoint, expected) => {
  const service = [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint }];
  const http = scriptedHttp(({ url }) => ({
    status: 200,
    body: url.includes('createSession') ? { ...session, didDoc: { service: [null, 3, ...service] } } : {},
  }));
  const values = { server: 'entry.example', identifier: 'a.test', password: 'x' };
  expect(await bluesky.auth.connect(makeCall(http), values)).toMatchObject({
    ok: true,
    value: { account: { server: expected, name: 'a.test' }, credential: { pds: expected } },
  });
});

test('a bare name belongs to the server it is entered for, and the usual server needs no entering', async () => {
  const http = scriptedHttp(() => ({ status: 200, body: session }));
  await bluesky.auth.connect(makeCall(http), { identifier: '@Bakery', password: 'x' });
  expect(http.requests[0]).toMatchObject({
    url: 'https://bsky.social/xrpc/com.atproto.server.createSession',
    json: { identifier: 'bakery.bsky.social' },
  });
});

test('one bad entry of a list does not hide the others, and strangers’ names are plain text on one line', async () => {
  const actor = {
    did: 'did:plc:bbb',
    handle: 'b.test',
    displayName: '<img onerror=x>\u202e\u0000\nEvil'.padEnd(9e3, 'x'),
  };
  const like = { actor, indexedAt: '2026-11-22T10:00:00Z' };
  const call = asAccount(({ url }) => ({
    status: 200,
    body: url.includes('getLikes')
      ? { likes: [null, { actor: 3 }, { ...like, indexedAt: 'never' }, like], cursor: 5 }
      : { posts: [], repostedBy: [], thread: {} },
  }));
  const acts = await bluesky.insights.engagements(call, uri, 10);
  if (!acts.ok) throw new Error(acts.fault.said);
  expect(acts.value).toHaveLength(1);
  const name = acts.value[0]?.actor.name ?? '';
  expect(name).toMatch(/^<img onerror=x> ?Evilx+$/);
  expect(name.length).toBe(100);
});

test('counts of no sense are not offered rather than zero', async () => {
  const view = { uri, author: { did, handle: 'a.test' }, record: {}, indexedAt: '2026-11-22T10:00:00Z' };
  const counts = { likeCount: -1, repostCount: '3', replyCount: 1.5, quoteCount: 2 };
  const figures = await bluesky.insights.posts(
    asAccount(() => ({ status: 200, body: { posts: [{ ...view, ...counts }] } })),
    [uri],
  );
  const absent = { state: 'not-offered' };
  const readings = { likes: absent, reposts: absent, replies: absent, bookmarks: absent };
  expect(figures).toEqual({
    ok: true,
    value: [{ remoteId: uri, readings: { ...readings, quotes: { state: 'value', value: 2 } } }],
  });
});

test('a post that the network does not show yet has no reading, and is not called gone', async () => {
  const stored = { status: 200, body: { uri, cid: 'bafy', value: {} } };
  const call = asAccount(({ url }) => (url.includes('getPosts') ? { status: 200, body: { posts: [] } } : stored));
  expect(await bluesky.insights.posts(call, [uri])).toEqual({ ok: true, value: [{ remoteId: uri, readings: {} }] });
});

test('a list that never ends is read for a while only', async () => {
  let page = 0;
  const http = scriptedHttp(({ url }) => {
    page += 1;
    return { status: 200, body: { likes: [], posts: [], repostedBy: [], thread: {}, cursor: `${page} ${url.length}` } };
  });
  await bluesky.insights.engagements(makeAccountCall(http, { account, credential }), uri, 10);
  expect(http.requests.length).toBeLessThan(40);
});

test('a credential of another shape, or another account’s write, goes nowhere', async () => {
  const http = scriptedHttp(() => ({ status: 200, body: {} }));
  const broken = makeAccountCall(http, { account, credential: { token: 'x' } });
  expect(await bluesky.publish.prepare(broken, makePart())).toMatchObject({ fault: { kind: 'credential-rejected' } });
  const call = makeAccountCall(http, { account, credential });
  const prepared = await bluesky.publish.prepare(call, makePart());
  if (!prepared.ok) throw new Error(prepared.fault.said);
  const moved = makeAccountCall(http, { account, credential: { ...credential, did: 'did:plc:other' } });
  expect(await bluesky.publish.send(moved, prepared.value, nothing)).toMatchObject({ fault: { reached: 'no' } });
  expect(http.requests).toEqual([]);
});
