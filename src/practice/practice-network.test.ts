import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PracticeAccount, type PracticeServer, startPractice } from '#test/servers/practice/index.ts';
import { startPracticeNetwork } from './start-practice-network.ts';

let server: PracticeServer;
let names = 0;

beforeAll(async () => {
  server = await startPractice();
});
afterAll(() => server?.stop());

const newAccount = (kind: 'keyed' | 'keyless' = 'keyed') => {
  names += 1;
  return server.openAccount(`account-${names}`, { kind });
};
const post = (account: PracticeAccount, text: string) => account.call('POST', '/posts', { text });
const accepted = (account: PracticeAccount) => server.readLedger(account.handle).map(({ text }) => text);

/** A raw call, for headers and for what never arrives. */
async function postRaw(account: PracticeAccount, text: string, headers: Record<string, string> = {}) {
  const session = await fetch(`${server.url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ handle: account.handle, password: account.password }),
  });
  const { accessToken } = (await session.json()) as { accessToken: string };
  return fetch(`${server.url}/api/v1/posts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}`, ...headers },
    body: JSON.stringify({ text }),
  });
}

describe('behaving', () => {
  test('the ledger file holds what was accepted, a line each, before it is answered', async () => {
    const account = await newAccount();
    const { body } = await post(account, 'Bread');
    expect(accepted(account)).toEqual(['Bread']);
    await account.call('PUT', `/posts/${body['id']}`, { text: 'Fresh bread' });
    await account.call('PUT', `/posts/${body['id']}`, { text: 'Fresh bread' });
    await account.call('DELETE', `/posts/${body['id']}`);
    await account.call('DELETE', `/posts/${body['id']}`);
    expect(server.readLedger(account.handle).map(({ act, text }) => [act, text])).toEqual([
      ['create', 'Bread'],
      ['edit', 'Fresh bread'],
      ['delete', 'Fresh bread'],
    ]);
  });

  test('a keyed account makes one post of one key, and refuses the key for another', async () => {
    const account = await newAccount();
    const key = { 'idempotency-key': 'k1' };
    const [first, again, other] = [
      await postRaw(account, 'once', key),
      await postRaw(account, 'once', key),
      await postRaw(account, 'twice', key),
    ];
    expect(await again.json()).toEqual(await first.json());
    expect([other.status, accepted(account)]).toEqual([409, ['once']]);
  });

  test('a keyless account makes two posts of one key, and shows new ones late', async () => {
    const account = await newAccount('keyless');
    const key = { 'idempotency-key': 'k1' };
    await postRaw(account, 'once', key);
    await postRaw(account, 'once', key);
    expect(accepted(account)).toEqual(['once', 'once']);
    const list = async () => (await account.call('GET', '/posts')).body['posts'] as object[];
    expect(await list()).toHaveLength(0);
    await expect.poll(list, { timeout: 4_000, interval: 100 }).toHaveLength(2);
  });

  test.each([
    ['501 characters', { text: 'ที่'.repeat(501) }, 'text'],
    ['nothing', { text: ' ' }, 'text'],
    ['five pictures', { text: 'x', media: Array(5).fill({ id: 'm1', alt: '' }) }, 'media'],
    ['a picture that was never uploaded', { text: 'x', media: [{ id: 'm1', alt: '' }] }, 'media.0'],
    ['a comment on nothing', { text: 'x', comment: true }, 'replyTo'],
    [
      'a link that runs a script',
      { text: 'x', link: { url: 'javascript:alert(1)', title: '', description: '' } },
      'link',
    ],
  ])('%s is refused at its field and leaves no line', async (_name, body, field) => {
    const account = await newAccount();
    expect(await account.call('POST', '/posts', body)).toMatchObject({ status: 422, body: { field } });
    expect(accepted(account)).toEqual([]);
  });

  test('refreshing makes both old tokens worthless', async () => {
    const account = await newAccount();
    const call = async (path: string, body: object, token?: string) => {
      const answer = await fetch(`${server.url}/api/v1${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
        body: JSON.stringify(body),
      });
      return { status: answer.status, body: (await answer.json()) as Record<string, string> };
    };
    const { body: first } = await call('/sessions', { handle: account.handle, password: account.password });
    const { body: second } = await call('/sessions/refresh', { refreshToken: first['refreshToken'] });
    expect((await call('/posts', { text: 'x' }, first['accessToken'])).status).toBe(401);
    expect((await call('/sessions/refresh', { refreshToken: first['refreshToken'] })).status).toBe(401);
    expect((await call('/posts', { text: 'x' }, second['accessToken'])).status).toBe(201);
  });

  test('everything is there again after a kill, and a line that was cut off is not', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'goalpost-practice-'));
    const first = await startPractice({ folder });
    const account = await first.openAccount('bakery');
    await account.call('POST', '/posts', { text: 'still here' });
    process.kill(first.pid, 'SIGKILL');
    await first.stop();
    writeFileSync(first.ledgerFile, '{"at":"2026-11-22T10:00:00Z","act":"cre', { flag: 'a' });
    const second = await startPractice({ folder });
    const page = await (await fetch(`${second.url}/@bakery`)).text();
    await second.stop();
    const ledger = readFileSync(second.ledgerFile, 'utf8');
    rmSync(folder, { recursive: true });
    expect(page).toContain('still here');
    expect(ledger.endsWith('}\n')).toBe(true);
  });
});

describe('misbehaving on command', () => {
  test.each([
    ['rate-limit', { form: 'seconds', seconds: 7 }, 429, 0],
    ['fail-before', {}, 500, 0],
    ['fail-after', {}, 500, 1],
    ['blocked-after', {}, 403, 1],
    ['permission-missing', {}, 403, 0],
    ['credential-expired', {}, 401, 0],
    ['media-not-ready', {}, 425, 0],
    ['duplicate', { form: 'with-id' }, 409, 1],
    ['duplicate', { form: 'without-id' }, 409, 1],
    ['duplicate', { form: 'someone-elses' }, 409, 0],
    ['processing', { ends: 'live' }, 202, 0],
  ])('%s %o answers %i and accepts %i', async (kind, form, status, count) => {
    const account = await newAccount();
    await server.misbehave({ kind, ...form }, { account: account.handle, call: 'post' });
    expect((await post(account, 'x')).status).toBe(status);
    expect(accepted(account)).toHaveLength(count);
    expect((await post(account, 'y')).status).toBe(201);
  });

  test.each([
    ['drop-before', 0],
    ['drop-after', 1],
    ['reset-in-answer', 1],
  ])('%s leaves no answer and accepts %i', async (kind, count) => {
    const account = await newAccount();
    await server.misbehave({ kind }, { account: account.handle, call: 'post' });
    await expect(post(account, 'x')).rejects.toThrow(/fetch failed|terminated/);
    expect(accepted(account)).toHaveLength(count);
  });

  test.each([
    ['seconds', /^3$/, 'account'],
    ['date', /GMT$/, 'account'],
    ['none', null, 'account'],
    ['day', null, 'day'],
    ['app', /^3$/, 'app'],
    ['past', /GMT$/, 'account'],
    ['absurd', /^\d{9,}$/, 'account'],
  ])('a 429 in the form "%s" says when, or does not, and for whom', async (form, when, scope) => {
    const account = await newAccount();
    await server.misbehave({ kind: 'rate-limit', form, seconds: 3 }, { account: account.handle, call: 'post' });
    const answer = await postRaw(account, 'x');
    expect(answer.headers.get('ratelimit-scope')).toBe(scope);
    const header = answer.headers.get('retry-after');
    if (when === null) expect(header).toBeNull();
    else expect(header).toMatch(when);
    if (form === 'past') expect(Date.parse(header ?? '')).toBeLessThan(Date.now());
  });

  test('a changed answer is what it says, after the post was accepted', async () => {
    const account = await newAccount();
    const shapes = ['other-fields', 'wrong-types', 'html', 'truncated', 'huge', 'deep', 'empty', 'other-post'];
    for (const shape of shapes) {
      await server.misbehave({ kind: 'changed-answer', shape }, { account: account.handle, call: 'post' });
    }
    const bodies: string[] = [];
    for (const shape of shapes) bodies.push(await (await postRaw(account, shape)).text());
    const [other, wrong, html, truncated, huge, deep, empty, another] = bodies;
    expect(JSON.parse(other ?? '')).not.toHaveProperty('id');
    expect(JSON.parse(wrong ?? '')).toMatchObject({ id: [7, null] });
    expect(html).toContain('<!doctype html>');
    expect(() => JSON.parse(truncated ?? '')).toThrow();
    expect(huge?.length).toBeGreaterThan(50_000_000);
    expect(deep?.startsWith('{"id":{"id":')).toBe(true);
    expect(empty).toBe('');
    expect(JSON.parse(another ?? '')).toMatchObject({ id: 'p999999999' });
    expect(accepted(account)).toEqual(shapes);
  });

  test('work goes on for as many questions as ordered, then the post is live or it failed', async () => {
    const account = await newAccount();
    for (const ends of ['live', 'failed']) {
      await server.misbehave({ kind: 'processing', asks: 1, ends }, { account: account.handle, call: 'post' });
      const { body } = await post(account, ends);
      const ask = async () => (await account.call('GET', `/processing/${body['token']}`)).body['state'];
      expect([await ask(), await ask()]).toEqual(['processing', ends]);
    }
    expect(accepted(account)).toEqual(['live']);
  });

  test('slow is slow, and something else may go wrong with the same call', async () => {
    const account = await newAccount();
    const order = { account: account.handle, call: 'post' };
    await server.misbehave({ kind: 'slow', ms: 300 }, order);
    await server.misbehave({ kind: 'fail-after' }, order);
    const startedAt = performance.now();
    expect((await post(account, 'x')).status).toBe(500);
    expect(performance.now() - startedAt).toBeGreaterThan(290);
  });

  test('an order holds for its account, its call and its number of times, after those it lets through', async () => {
    const [one, other] = [await newAccount(), await newAccount()];
    await server.misbehave({ kind: 'fail-before' }, { account: one.handle, call: 'post', skip: 1, times: 2 });
    const statuses: number[] = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await post(one, `${n}`)).status);
    expect(statuses).toEqual([201, 500, 500, 201]);
    expect((await post(other, 'x')).status).toBe(201);
    expect((await one.call('GET', '/posts')).status).toBe(200);
  });

  test('an expired credential can be refreshed, a revoked one cannot', async () => {
    const account = await newAccount();
    const sign = async (path: string, body: object) => {
      const headers = { 'content-type': 'application/json' };
      const init = { method: 'POST', headers, body: JSON.stringify(body) };
      const answer = await fetch(`${server.url}/api/v1/sessions${path}`, init);
      return { status: answer.status, body: (await answer.json()) as Record<string, string> };
    };
    await account.call('GET', '/me');
    await server.control('expire', { account: account.handle });
    expect(await account.call('GET', '/me')).toMatchObject({ status: 401, body: { error: 'token-expired' } });
    const { body } = await sign('', { handle: account.handle, password: account.password });
    await server.control('expire', { account: account.handle });
    const renewed = await sign('/refresh', { refreshToken: body['refreshToken'] });
    expect(renewed.status).toBe(200);
    await server.control('revoke', { account: account.handle });
    expect((await sign('/refresh', { refreshToken: renewed.body['refreshToken'] })).status).toBe(401);
  });

  test('connections are refused for a while, then taken again at the same address', async () => {
    await server.control('outage', { ms: 400 });
    await expect.poll(() => fetch(server.url).then(() => 'up', String), { interval: 20 }).toMatch(/fetch failed/);
    await expect.poll(() => fetch(server.url).then(({ status }) => status, String), { timeout: 5_000 }).toBe(200);
  });

  test('where a port or a folder is taken, it says which and what to do', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'practice-'));
    const port = Number(new URL(server.url).port);
    await expect(startPracticeNetwork({ port, folder })).rejects.toThrow(`Port ${port} is taken. Name another one.`);
    const taken = path.dirname(server.ledgerFile);
    await expect(startPracticeNetwork({ port: 0, folder: taken })).rejects.toThrow(/works in .* name another folder/);
    rmSync(folder, { recursive: true });
  });

  test('its clock can be wrong, in headers and in what it tells', async () => {
    const account = await newAccount();
    await server.control('clock', { ms: 3_600_000 });
    const { body } = await post(account, 'from the future');
    const { headers } = await fetch(server.url);
    await server.control('clock', { ms: 0 });
    expect(Date.parse(String(body['createdAt']))).toBeGreaterThan(Date.now() + 3_500_000);
    expect(Date.parse(headers.get('date') ?? '')).toBeGreaterThan(Date.now() + 3_500_000);
  });

  test('its calendar can be turned back: posts and acts are dated in the past, and never in the future', async () => {
    const account = await newAccount();
    const dayMs = 86_400_000;
    await server.control('calendar', { ms: -30 * dayMs });
    const { body } = await post(account, 'a month ago');
    await server.control('crowd', { likes: [{ by: account.handle, post: body['id'] }] });
    await server.control('calendar', { ms: 0 });
    const { body: now } = await post(account, 'now');
    expect((Date.now() - Date.parse(String(body['createdAt']))) / dayMs).toBeCloseTo(30, 1);
    expect(Date.now() - Date.parse(String(now['createdAt']))).toBeLessThan(60_000);
    const { body: who } = await account.call('GET', `/posts/${String(body['id'])}/engagements`);
    const [like] = who['engagements'] as { at: string }[];
    expect((Date.now() - Date.parse(like?.at ?? '')) / dayMs).toBeCloseTo(30, 1);
    await expect(server.control('calendar', { ms: 1 })).rejects.toThrow('ms');
  });

  test('what a crowd does counts once for each of them, and is there again after a new start', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'practice-'));
    const figuresOf = async (network: PracticeServer, id: string) => {
      names += 1;
      const reader = await network.openAccount(`reader-${names}`);
      const { body } = await reader.call('GET', `/figures?ids=${id}`);
      return (body['figures'] as object[])[0];
    };
    const first = await startPractice({ folder });
    const [author, fan] = [await first.openAccount('author'), await first.openAccount('fan')];
    const { body } = await post(author, 'look');
    const id = String(body['id']);
    const crowd = {
      likes: [author, fan, fan].map(({ handle }) => ({ by: handle, post: id })),
      views: [{ post: id, count: 40 }],
      comments: [{ by: 'fan', post: id, text: 'seen', language: 'en' }],
      follows: [{ by: 'fan', handle: 'author' }],
    };
    await first.control('crowd', crowd);
    await first.control('crowd', { likes: crowd.likes });
    const counted = { id, likes: 2, shares: 0, comments: 1, views: 40 };
    expect(await figuresOf(first, id)).toEqual(counted);
    await first.stop();
    const second = await startPractice({ folder });
    expect(await figuresOf(second, id)).toEqual(counted);
    await second.stop();
    rmSync(folder, { recursive: true });
  });
});
