import { ORPCError } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { type TestPerson, useServer } from '#test/server.ts';

const server = useServer();
const codeOf = (error: unknown) => (error instanceof ORPCError ? error.code : error);

/** Signs the same person in on another device. */
async function signInAgain(person: TestPerson, device: string): Promise<TestPerson> {
  const response = await server.api('/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': device },
    body: JSON.stringify({ email: person.email, password: person.password }),
    as: { ...person, cookie: '' },
  });
  return { ...person, cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
}

describe('sessions', () => {
  it('are listed with device and address, this one marked, and no token anywhere', async () => {
    const here = await server.signUp();
    const there = await signInAgain(here, 'A telephone');
    const { items } = await server.client(there).sessions.list();
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({ device: 'A telephone', from: here.address, current: true });
    expect(items[1]?.current).toBe(false);
    const daysLeft = (Date.parse(items[0]?.expiresAt ?? '') - Date.now()) / 86_400_000;
    expect(daysLeft).toBeGreaterThan(29);
    expect(daysLeft).toBeLessThanOrEqual(30);
    for (const { cookie } of [here, there]) {
      const token = decodeURIComponent(cookie.split('=')[1] ?? '').split('.')[0] ?? '';
      expect(token.length).toBeGreaterThan(20);
      expect(JSON.stringify(items)).not.toContain(token);
    }
  });

  it('are ended one by one, and the device is signed out at its next call', async () => {
    const here = await server.signUp();
    const there = await signInAgain(here, 'A lost telephone');
    const client = server.client(here);
    const lost = (await client.sessions.list()).items.find(({ device }) => device === 'A lost telephone');
    await client.sessions.end({ sessionId: lost?.id ?? '' });
    expect(await server.client(there).me.get().catch(codeOf)).toBe('signed-out');
    expect((await client.me.get()).email).toBe(here.email);
    expect(await client.sessions.end({ sessionId: lost?.id ?? '' }).catch(codeOf)).toBe('not-found');
  });

  it('of others are not there', async () => {
    const [one, other] = [await server.signUp(), await server.signUp()];
    const [theirs] = (await server.client(other).sessions.list()).items;
    expect(
      await server
        .client(one)
        .sessions.end({ sessionId: theirs?.id ?? '' })
        .catch(codeOf),
    ).toBe('not-found');
    expect((await server.client(other).me.get()).email).toBe(other.email);
  });

  it('elsewhere end together, and this one goes on', async () => {
    const here = await server.signUp();
    const others = [await signInAgain(here, 'B'), await signInAgain(here, 'C')];
    const stranger = await server.signUp();
    expect(await server.client(here).sessions.endOthers()).toEqual({ ended: 2 });
    for (const other of others) expect(await server.client(other).me.get().catch(codeOf)).toBe('signed-out');
    expect((await server.client(here).sessions.list()).items).toMatchObject([{ current: true }]);
    expect((await server.client(stranger).me.get()).email).toBe(stranger.email);
  });
});
