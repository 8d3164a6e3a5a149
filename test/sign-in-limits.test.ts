import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { composeHttp } from '#server/entry/compose.ts';
import { holdClock } from './clock.ts';
import { useServer } from './server.ts';

const server = useServer();
const email = 'lan@bakery.example';
const password = 'quiet mornings';
const HOME = '203.0.113.1';
let other: Awaited<ReturnType<ReturnType<typeof composeHttp>['face']['listen']>>;

beforeAll(async () => {
  await server.signUp({ email, password });
  // A second web process over the same database: nothing that the first one remembers is known to it.
  other = await composeHttp(server.house).face.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => other.close(1_000));
beforeEach(async () => {
  await server.house.db.pool.query('DELETE FROM auth.attempt');
  await server.house.db.pool.query('DELETE FROM auth.known_place');
});

async function signIn(from: string, about: { email?: string; password?: string; at?: string } = {}) {
  const { at = server.url, ...given } = about;
  const response = await fetch(new URL('/api/auth/sign-in/email', at), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': from, origin: at },
    body: JSON.stringify({ email, password, ...given }),
  });
  const body = (await response.json()) as { code?: string };
  return { code: body.code ?? 'in', retryAfter: Number(response.headers.get('retry-after')) };
}
const guess = (from: string, more: { email?: string; at?: string } = {}) =>
  signIn(from, { password: 'a wrong guess', ...more });
const codesOf = async (times: number, ask: (i: number) => Promise<{ code: string }>) => {
  const codes: string[] = [];
  for (let i = 0; i < times; i++) codes.push((await ask(i)).code);
  return codes;
};
/** As if so many had tried already, without waiting for as many hashes. */
const fill = (key: string, level: number) =>
  server.house.db.pool.query(`UPDATE auth.attempt SET level = $2, at = clock.now() WHERE key LIKE $1 || '%'`, [
    key,
    level,
  ]);

describe('guessing a password', () => {
  it('ends after ten tries from one place, for the right password too, and says for how long', async () => {
    expect(await codesOf(10, () => guess(HOME))).toEqual(Array(10).fill('sign-in-refused'));
    const stopped = await guess(HOME);
    expect(stopped.code).toBe('too-many-attempts');
    expect(stopped.retryAfter).toBeGreaterThan(60);
    expect(stopped.retryAfter).toBeLessThanOrEqual(90);
    expect((await signIn(HOME)).code).toBe('too-many-attempts');
  });

  it('is no easier after a restart, or in another process', async () => {
    expect(await codesOf(10, () => guess(HOME))).toEqual(Array(10).fill('sign-in-refused'));
    expect((await guess(HOME, { at: other.url })).code).toBe('too-many-attempts');
    expect((await signIn(HOME, { at: other.url })).code).toBe('too-many-attempts');
  });

  it('is no easier with many tries at once', async () => {
    const codes = await Promise.all(Array.from({ length: 25 }, () => guess(HOME)));
    expect(codes.filter(({ code }) => code === 'sign-in-refused')).toHaveLength(10);
  });

  it('is no easier by taking other addresses of one network', async () => {
    const codes = await codesOf(11, (i) => guess(`2001:db8:0:7::${i + 1}`));
    expect(codes.at(-1)).toBe('too-many-attempts');
    expect((await guess('2001:db8:0:8::1')).code).toBe('sign-in-refused');
  });

  it('passes with time, and knocking meanwhile does not prolong it', async () => {
    const clock = holdClock(server.test);
    await codesOf(14, () => guess(HOME));
    await clock.advance(91_000);
    expect((await guess(HOME)).code).toBe('sign-in-refused');
    expect((await guess(HOME)).code).toBe('too-many-attempts');
    await clock.advance(91_000);
    expect((await signIn(HOME)).code).toBe('in');
    // The right password forgets the failures before it.
    expect(await codesOf(10, () => guess(HOME))).toEqual(Array(10).fill('sign-in-refused'));
  });

  it('of many accounts from one place ends as well', async () => {
    await guess(HOME);
    await fill('place|', 99);
    expect((await guess(HOME, { email: 'a@x.example' })).code).toBe('sign-in-refused');
    expect((await guess(HOME, { email: 'b@x.example' })).code).toBe('too-many-attempts');
    expect((await guess('203.0.113.2', { email: 'b@x.example' })).code).toBe('sign-in-refused');
  });

  it('is counted alike for an address that nobody has', async () => {
    const nobody = { email: 'nobody@x.example' };
    const codes = await codesOf(11, () => guess(HOME, nobody));
    expect(codes).toEqual([...Array(10).fill('sign-in-refused'), 'too-many-attempts']);
    await guess('198.18.0.1', nobody);
    await fill('account|', 50);
    expect((await guess('198.18.0.2', nobody)).code).toBe('too-many-attempts');
  });
});

describe('an account that is guessed at from everywhere', () => {
  const beset = async () => {
    await guess('198.18.0.1');
    await fill('account|', 50);
    expect((await guess('198.18.0.2')).code).toBe('too-many-attempts');
  };

  it('is still open to its owner where they signed in before', async () => {
    expect((await signIn(HOME)).code).toBe('in');
    await beset();
    expect((await signIn(HOME)).code).toBe('in');
    expect((await signIn('203.0.113.99')).code).toBe('too-many-attempts');
  });

  it('is open to its owner anywhere after a reset by mail', async () => {
    await beset();
    const ask = (path: string, body: object) =>
      fetch(new URL(`/api/auth/${path}`, server.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.99', origin: server.url },
        body: JSON.stringify(body),
      });
    expect((await ask('request-password-reset', { email })).status).toBe(200);
    await server.settle();
    const token = /reset#([\w-]{43})/.exec(server.said.join('\n'))?.[1];
    expect((await ask('reset-password', { token, newPassword: password })).status).toBe(200);
    expect((await signIn('203.0.113.99')).code).toBe('in');
  });
});
