import { beforeAll, describe, expect, it } from 'vitest';
import type { RefusalBody } from '#contract/refusals.ts';
import { composeHttp } from '#server/entry/compose.ts';
import type { HttpFace, Limits } from '#server/platform/http/index.ts';
import { makeTeam, type TestTeam } from './makers.ts';
import { useServer } from './server.ts';

const server = useServer();
let team: TestTeam;
let secret: string;
beforeAll(async () => {
  team = await makeTeam(server);
  const made = await team.client.apiKeys.create({ workspaceId: team.workspaceId, name: 'K', scopes: ['read'] });
  secret = made.secret;
});

/** The same house behind limits that are soon met. */
const face = (limits: Partial<Limits> = {}): HttpFace => {
  const few = { perMinute: 6, burst: 2 };
  return composeHttp(server.house, { limits: { person: few, key: few, address: few, ...limits } }).face;
};
const call = (at: HttpFace, pathname: string, headers: Record<string, string> = {}) =>
  at.app.request(`http://localhost${pathname}`, { headers: { host: 'localhost', ...headers } });
const from = (address: string) => ({ 'x-forwarded-for': address });

describe('calls that come too fast', () => {
  it.each([
    ['person', () => ({ cookie: team.owner.cookie })],
    ['key', () => ({ authorization: `Bearer ${secret}` })],
  ])('of one %s are refused, with the time to wait', async (kind, headers) => {
    const at = face();
    const statuses: number[] = [];
    for (let i = 0; i < 3; i++) statuses.push((await call(at, '/api/me', headers())).status);
    expect(statuses).toEqual([200, 200, 429]);
    const refused = await call(at, '/api/me', headers());
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit-policy')).toBe(`"${kind}";q=2;w=20`);
    expect(refused.headers.get('ratelimit')).toMatch(new RegExp(`^"${kind}";r=0;t=\\d+$`));
    expect(((await refused.json()) as RefusalBody).code).toBe('too-many-attempts');
  });

  it('by nobody who is known are counted by address, whatever they ask of the API', async () => {
    const at = face();
    const here = from('203.0.113.7');
    expect((await call(at, '/api/openapi.json', here)).status).toBe(200);
    expect((await call(at, '/api/auth/registration', here)).status).toBe(200);
    for (const address of ['/api/me', '/api/openapi.json', '/api/auth/get-session', '/api/nothing'])
      expect((await call(at, address, here)).status, address).toBe(429);
    expect((await call(at, '/api/openapi.json', from('203.0.113.8'))).status).toBe(200);
  });

  it('from all over one IPv6 connection are counted together', async () => {
    const at = face();
    for (const host of ['1', '2']) await call(at, '/api/openapi.json', from(`2001:db8:7:7::${host}`));
    expect((await call(at, '/api/openapi.json', from('2001:db8:7:7:9::3'))).status).toBe(429);
    expect((await call(at, '/api/openapi.json', from('2001:db8:7:8::1'))).status).toBe(200);
  });

  it('that guess at keys are counted by address', async () => {
    const at = face();
    const guess = (n: number) => ({ ...from('203.0.113.9'), authorization: `Bearer gp_${String(n).repeat(43)}` });
    const statuses: number[] = [];
    for (let i = 1; i < 5; i++) statuses.push((await call(at, '/api/me', guess(i))).status);
    expect(statuses).toEqual([401, 401, 429, 429]);
  });

  it('keep nobody else who is signed in at the same address from working', async () => {
    const at = face();
    for (let i = 0; i < 4; i++) await call(at, '/api/me', from('203.0.113.10'));
    const signedIn = await call(at, '/api/me', { ...from('203.0.113.10'), cookie: team.owner.cookie });
    expect(signedIn.status).toBe(200);
  });
});

it('what watches over the machine, public pages and pictures are not counted', async () => {
  const at = face();
  for (let i = 0; i < 5; i++)
    for (const address of ['/health', '/p/nobody', '/media/x/y/original'])
      expect((await call(at, address, from('203.0.113.11'))).status, address).not.toBe(429);
});
