import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeAccountCall, makeCall, makePart, scriptedHttp } from '../kit/testing/index.ts';
import { practice } from './index.ts';
import { allowed, callOf, faultOf, openPractice, value } from './testing/open-practice.ts';

let net: Awaited<ReturnType<typeof openPractice>>;

beforeAll(async () => {
  net = await openPractice();
});
afterAll(() => net?.server.stop());

describe('connecting', () => {
  test('gives the account, its name without tricks, its server and a credential that ends', async () => {
    const { account, connected } = await net.newAccount();
    expect(connected.account).toEqual({
      remoteId: account.id,
      handle: account.handle,
      name: 'Bäckerei Müller',
      address: `${net.server.url}/@${account.handle}`,
      server: net.server.url,
    });
    expect(Number(connected.expiresAt)).toBeGreaterThan(Date.now() + 3_000_000);
  });

  test.each([
    ['a wrong password', { identifier: 'nobody', password: 'x' }, 'password', 'sign-in-refused'],
    ['no password', { identifier: 'nobody', password: '' }, 'password', 'required'],
    ['no handle', { identifier: ' @', password: 'x' }, 'identifier', 'required'],
    ['no address', { server: '', identifier: 'a', password: 'x' }, 'server', 'server-invalid'],
    ['nothing there', { server: 'http://127.0.0.1:1', identifier: 'a', password: 'x' }, 'server', 'server-silent'],
  ])('%s is refused at its field', async (_name, values, field, reason) => {
    expect(faultOf(await net.connect(values))).toMatchObject({ kind: 'content-rejected', field, reason });
  });

  test('an address that the house does not call is refused with the address and the setting that allows it', async () => {
    const http = scriptedHttp(() => ({
      failure: { kind: 'refused-by-house', reached: 'no', detail: 'address-not-called' },
    }));
    const values = { server: '127.0.0.1:4455', identifier: 'a', password: 'x' };
    const refused = faultOf(await practice.auth.connect(makeCall(http), values));
    expect(refused).toMatchObject({ field: 'server', reason: 'address-not-allowed' });
    expect(refused.said).toContain('http://127.0.0.1:4455');
    expect(refused.said).toContain('GOALPOST_PRIVATE_RANGES');
  });

  test('an expired credential is told and renewed; a revoked one is not', async () => {
    const us = await net.newAccount();
    const prepared = await net.prepare(us, makePart());
    await net.server.control('expire', { account: us.account.handle });
    expect(faultOf(await net.send(us, prepared))).toMatchObject({ kind: 'credential-rejected', reached: 'no' });
    const renewed = value(await practice.auth.refresh(callOf(us)));
    const again = { ...us, connected: { ...us.connected, credential: renewed.credential } };
    expect((await net.send(again, prepared)).ok).toBe(true);
    await net.server.control('revoke', { account: us.account.handle });
    expect(faultOf(await practice.auth.refresh(callOf(again)))).toMatchObject({ kind: 'credential-rejected' });
  });

  test('a renewal whose answer is lost replaces nothing', async () => {
    const us = await net.newAccount();
    await net.server.misbehave({ kind: 'drop-after' }, { account: us.account.handle, call: 'refresh' });
    expect(faultOf(await practice.auth.refresh(callOf(us)))).toMatchObject({ kind: 'temporarily-down' });
    expect(faultOf(await practice.auth.refresh(callOf(us)))).toMatchObject({ kind: 'credential-rejected' });
  });
});

describe('limits', () => {
  test.each([
    ['seconds', 'call', 30],
    ['date', 'call', 30],
    ['none', 'call', null],
    ['day', 'day', null],
    ['app', 'app', 30],
    ['past', 'call', null],
    ['absurd', 'call', null],
  ])('a 429 in the form "%s" is a limit of scope "%s"', async (form, scope, seconds) => {
    const us = await net.newAccount();
    const prepared = await net.prepare(us, makePart());
    await net.server.misbehave({ kind: 'rate-limit', form, seconds: 30 }, { account: us.account.handle, call: 'post' });
    const limit = faultOf(await net.send(us, prepared));
    expect(limit).toMatchObject({ kind: 'rate-limited', scope, reached: 'no' });
    const waitMs = limit.kind === 'rate-limited' && limit.retryAt ? limit.retryAt.getTime() - Date.now() : null;
    if (seconds === null) expect(waitMs).toBeNull();
    else expect(Math.abs((waitMs ?? 0) - seconds * 1_000)).toBeLessThan(2_500);
  });

  test('a date is read by the network’s own clock, however wrong that is', async () => {
    const us = await net.newAccount();
    const prepared = await net.prepare(us, makePart());
    await net.server.control('clock', { ms: -7_200_000 });
    await net.server.misbehave({ kind: 'rate-limit', form: 'date', seconds: 60 }, { account: us.account.handle });
    const limit = faultOf(await net.send(us, prepared));
    await net.server.control('clock', { ms: 0 });
    const retryAt = limit.kind === 'rate-limited' ? limit.retryAt : null;
    expect(Math.abs(Number(retryAt) - Date.now() - 60_000)).toBeLessThan(3_000);
  });
});

describe('measuring', () => {
  test('what a second account does is counted, and each count opens to who did it', async () => {
    const [us, them] = [await net.newAccount(), (await net.newAccount()).account];
    const { remoteId, address } = await net.publish(us, { text: 'measure me' });
    await them.like(remoteId);
    await them.share(remoteId);
    await them.comment(remoteId, 'See you at <b>eight</b>!');
    await them.follow(us.account.handle);
    await fetch(address ?? '');
    const values = { likes: 1, reposts: 1, replies: 1, 'post-views': 1 };
    expect(value(await practice.insights.posts(callOf(us), [remoteId]))).toEqual([
      {
        remoteId,
        readings: Object.fromEntries(Object.entries(values).map(([id, n]) => [id, { state: 'value', value: n }])),
      },
    ]);
    expect(value(await practice.insights.account(callOf(us)))).toEqual({ followers: { state: 'value', value: 1 } });
    const acts = value(await practice.insights.engagements(callOf(us), remoteId, 50));
    expect(acts.map(({ kind }) => kind)).toEqual(['reply', 'repost', 'like']);
    expect(acts[0]).toMatchObject({ text: 'See you at <b>eight</b>!', actor: { name: 'Bäckerei Müller' } });
    expect(value(await practice.insights.engagements(callOf(us), remoteId, 2))).toHaveLength(2);
  });

  test('a deleted post is gone, and a figure that makes no sense is not offered rather than zero', async () => {
    const us = await net.newAccount();
    const { remoteId } = await net.publish(us, { text: 'soon gone' });
    await us.account.call('DELETE', `/posts/${remoteId}`);
    expect(value(await practice.insights.posts(callOf(us), [remoteId]))[0]?.readings.likes).toEqual({ state: 'gone' });
    const http = scriptedHttp(() => ({ status: 200, body: { figures: [null, { id: 'p1', likes: -1, shares: '3' }] } }));
    expect(value(await practice.insights.posts(callOf(us, http), ['p1', 'p2']))).toEqual([
      {
        remoteId: 'p1',
        readings: Object.fromEntries(
          ['likes', 'reposts', 'replies', 'post-views'].map((metric) => [metric, { state: 'not-offered' }]),
        ),
      },
      { remoteId: 'p2', readings: {} },
    ]);
  });
});

test('the tokens never stand in what is said or asked by address', async () => {
  const us = await net.newAccount();
  const { accessToken, refreshToken } = us.connected.credential as { accessToken: string; refreshToken: string };
  const http = scriptedHttp(({ headers }) => ({ status: 500, body: { message: JSON.stringify(headers) } }));
  const outcomes = [
    await practice.insights.posts(callOf(us, http), ['p1']),
    await practice.auth.refresh(callOf(us, http)),
  ];
  for (const token of [accessToken, refreshToken]) {
    expect(JSON.stringify(outcomes)).not.toContain(token);
    expect(http.requests.some(({ url }) => url.includes(token))).toBe(false);
  }
});

test('a credential of another shape, or another account’s post, goes nowhere', async () => {
  const [us, other] = [await net.newAccount(), await net.newAccount()];
  const prepared = await net.prepare(us, makePart());
  const http = scriptedHttp(() => ({ status: 200, body: {} }));
  expect(faultOf(await practice.publish.send(callOf(other, http), prepared, allowed))).toMatchObject({ reached: 'no' });
  const broken = makeAccountCall(http, { ...us.connected, credential: { token: 'x' } });
  expect(faultOf(await practice.publish.prepare(broken, makePart()))).toMatchObject({ kind: 'credential-rejected' });
  expect(http.requests).toEqual([]);
});
