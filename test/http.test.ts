import http from 'node:http';
import { ORPCError } from '@orpc/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { contract } from '#contract/index.ts';
import type { RefusalBody } from '#contract/refusals.ts';
import { routes } from '#server/entry/compose.ts';
import { claimInvitation, findMembership, keyRing, recordChange } from '#server/features/team/index.ts';
import { createHttp } from '#server/platform/http/index.ts';
import { makeMember, makeTeam, type TestTeam } from './makers.ts';
import { useServer } from './server.ts';

const server = useServer();
let team: TestTeam;
beforeAll(async () => {
  team = await makeTeam(server);
});

const json = (body: unknown, method = 'POST', headers: Record<string, string> = {}): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const refusalOf = async (response: Response) => (await response.json()) as RefusalBody;
/** A call with headers that fetch would not send. */
const rawCall = (headers: Record<string, string>, at = '/api/me') =>
  new Promise<{ status: number; text: string; headers: http.IncomingHttpHeaders }>((resolve, reject) => {
    const call = http.request(new URL(at, server.url), { headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => {
        text += String(chunk);
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text, headers: answer.headers }));
    });
    call.on('error', reject).end();
  });

describe('a refusal', () => {
  it('names code, status, fields and request, in the person’s language', async () => {
    const response = await server.api('/api/workspaces', { as: team.owner, ...json({ name: '', zone: 'UTC' }) });
    expect(response.status).toBe(400);
    const body = await refusalOf(response);
    expect(body).toMatchObject({ code: 'input-invalid', status: 400 });
    expect(body.data.problems).toEqual([
      { field: 'name', code: 'required', message: 'This is missing.' },
      { field: 'language', code: 'required', message: 'This is missing.' },
    ]);
    expect(body.data.requestId).toBe(response.headers.get('x-request-id'));
    expect(body.message).toMatch(/Nothing was saved/);
  });

  it('answers fields that the operation does not know', async () => {
    const call = json({ name: 'A', language: 'en', zone: 'UTC', colour: 'red' });
    const body = await refusalOf(await server.api('/api/workspaces', { as: team.owner, ...call }));
    expect(body.data.problems).toMatchObject([{ field: 'colour', code: 'unknown-field' }]);
    const query = await server.api(`/api/workspaces/${team.workspaceId}/members?limits=3`, { as: team.owner });
    expect((await refusalOf(query)).data.problems).toMatchObject([{ field: 'limits', code: 'unknown-field' }]);
  });

  it('answers a text that the database cannot keep', async () => {
    const response = await server.api('/api/me', { as: team.owner, ...json({ name: 'a\u0000b' }, 'PATCH') });
    expect(await refusalOf(response)).toMatchObject({ data: { problems: [{ field: 'name', code: 'malformed' }] } });
    const inAddress = await server.api(`/api/workspaces/${team.workspaceId}/members/a%00b`, {
      as: team.owner,
      ...json({}, 'DELETE'),
    });
    expect(inAddress.status).toBe(400);
  });

  it('answers a body that cannot be read', async () => {
    const response = await server.api('/api/workspaces', { as: team.owner, ...json('{"name":') });
    expect(await refusalOf(response)).toMatchObject({
      code: 'input-invalid',
      data: { problems: [{ code: 'malformed' }] },
    });
  });

  it('answers a body that is too large, before reading all of it', async () => {
    const response = await server.api('/api/workspaces', { as: team.owner, ...json({ name: 'x'.repeat(1_100_000) }) });
    expect(await refusalOf(response)).toMatchObject({ data: { problems: [{ code: 'body-too-large' }] } });
  });

  it.each(['/api/nothing', '/api/auth/delete-user', '/api/auth/list-sessions', '/api', '/api/workspaces/a/b/c'])(
    'answers %s, where nothing is',
    async (address) => {
      const response = await server.api(address, { as: team.owner });
      expect(await refusalOf(response)).toMatchObject({ code: 'operation-unknown', status: 404 });
    },
  );

  it('hides a bug behind a number that the log knows', async () => {
    const broken = { ...routes, me: { ...routes.me, get: () => Promise.reject(new Error('a wrong turn')) } };
    const face = createHttp({
      house: server.house,
      routes: broken,
      findMembership,
      claimInvitation: claimInvitation(server.house.db),
      keys: keyRing,
      recordChange,
      health: async () => ({ ok: true, ready: true }),
    });
    const request = { headers: { host: 'localhost', cookie: team.owner.cookie } };
    const response = await face.app.request('http://localhost/api/me', request);
    const body = await refusalOf(response);
    expect(body).toMatchObject({ code: 'internal', status: 500 });
    expect(JSON.stringify(body)).not.toMatch(/wrong turn|stack/i);
    expect(body.message).toContain(body.data.requestId);
    const line = server.logged.find((each) => each.includes(body.data.requestId) && each.includes('call failed'));
    expect(line).toMatch(/a wrong turn/);
  });
});

describe('who may', () => {
  it('is asked before anything else', async () => {
    const stranger = await server.signUp();
    const path = `/api/workspaces/${team.workspaceId}`;
    expect((await server.api(path)).status).toBe(401);
    expect((await server.api(path, { as: stranger })).status).toBe(404);
    expect((await server.api(path, { as: stranger, ...json({ nonsense: 1 }, 'PATCH') })).status).toBe(404);
    expect((await server.api('/api/workspaces/not-an-id', { as: team.owner })).status).toBe(404);
    const viewer = await makeMember(server, team.workspaceId, 'viewer');
    const refused = await server.api(path, { as: viewer.person, ...json({ nonsense: 1 }, 'PATCH') });
    expect(await refusalOf(refused)).toMatchObject({ code: 'not-allowed' });
  });

  it('cannot be turned by a workspace in the body', async () => {
    const other = await makeTeam(server, { name: 'Other' });
    const call = json({ workspaceId: other.workspaceId, name: 'Stolen' }, 'PATCH');
    await server.api(`/api/workspaces/${team.workspaceId}`, { as: team.owner, ...call });
    expect((await other.client.workspaces.get({ workspaceId: other.workspaceId })).name).toBe('Other');
  });

  it('finds an object’s id that nobody can have to be nowhere', async () => {
    const ask = team.client.goals.get({ workspaceId: team.workspaceId, goalId: 'seven' });
    await expect(ask).rejects.toMatchObject({ code: 'not-found' });
    await expect(ask).rejects.toBeInstanceOf(ORPCError);
  });
});

describe('another site', () => {
  it.each([{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }])(
    'changes nothing: %o',
    async (headers) => {
      const call = json({ name: 'Evil' }, 'PATCH', headers as Record<string, string>);
      const response = await server.api('/api/me', { as: team.owner, ...call });
      expect(await refusalOf(response)).toMatchObject({ code: 'not-allowed' });
      const signOut = await server.api('/api/auth/sign-out', {
        as: team.owner,
        ...json({}, 'POST', headers as Record<string, string>),
      });
      expect(signOut.status).toBe(403);
      expect((await team.client.me.get()).name).toBe(team.owner.name);
    },
  );

  it('reaches nothing under a name of its own', async () => {
    const { status, text } = await rawCall({ host: 'evil.example', cookie: team.owner.cookie });
    expect(status).toBe(421);
    expect(text).toContain('GOALPOST_ALLOWED_HOSTS');
    expect((await rawCall({ host: 'evil.example' }, '/health')).status).not.toBe(421);
  });
});

describe('sign-in over HTTP', () => {
  it('opens and ends a session by its cookie, and says nothing of its token', async () => {
    const person = await server.signUp();
    const wrong = await server.api(
      '/api/auth/sign-in/email',
      json({ email: person.email, password: 'not the password' }),
    );
    expect(await refusalOf(wrong)).toMatchObject({ code: 'sign-in-refused', status: 401 });
    const { email, password } = person;
    const right = await server.api('/api/auth/sign-in/email', json({ email, password }));
    expect(await right.json()).toEqual({
      person: { id: person.id, name: person.name, email, language: 'en', isOperator: false },
    });
    const [cookie = ''] = right.headers.getSetCookie();
    expect(cookie).toMatch(/^goalpost=.*HttpOnly; SameSite=Lax/i);
    const session = { ...person, cookie: cookie.split(';')[0] ?? '' };
    expect(await (await server.api('/api/auth/get-session', { as: session })).json()).toMatchObject({
      person: { email },
    });
    const out = await server.api('/api/auth/sign-out', { as: session, ...json({}) });
    expect(out.headers.getSetCookie()[0]).toMatch(/Max-Age=0/);
    expect((await server.api('/api/me', { as: session })).status).toBe(401);
    // The other session of the same person goes on.
    expect((await server.api('/api/me', { as: person })).status).toBe(200);
  });

  it('is refused with the problem at its field', async () => {
    const short = await server.api(
      '/api/auth/sign-up/email',
      json({ name: 'A', email: 'a@b.example', password: 'short' }),
    );
    expect(await refusalOf(short)).toMatchObject({
      code: 'password-too-weak',
      data: { problems: [{ field: 'password' }] },
    });
    const closed = { name: 'A', email: 'uninvited@b.example', password: 'long enough password' };
    const uninvited = await server.api('/api/auth/sign-up/email', json(closed));
    expect(await refusalOf(uninvited)).toMatchObject({ code: 'registration-closed', status: 403 });
    const extra = await server.api('/api/auth/sign-up/email', json({ ...closed, isOperator: true }));
    expect(await refusalOf(extra)).toMatchObject({
      data: { problems: [{ field: 'isOperator', code: 'unknown-field' }] },
    });
  });

  it('sets a cookie for https when the trusted proxy speaks https outside', async () => {
    const { email, password, address } = await server.signUp();
    const host = new URL(server.url).host;
    const response = await server.api('/api/auth/sign-in/email', {
      ...json({ email, password }, 'POST', {
        'x-forwarded-proto': 'https',
        origin: `https://${host}`,
        'x-forwarded-for': address,
      }),
    });
    expect(response.headers.getSetCookie()[0]).toMatch(/^__Host-goalpost=/);
    expect(response.headers.get('strict-transport-security')).toMatch(/max-age=\d+/);
  });

  it('is answered in the caller’s language as far as there are texts', async () => {
    const response = await server.api('/api/me', { headers: { 'accept-language': 'xx' } });
    expect((await refusalOf(response)).message).toMatch(/^You are signed out/);
  });
});

describe('a repeated call', () => {
  it('under one key makes one workspace', async () => {
    const person = await server.signUp();
    const call = () => {
      const made = json({ name: 'Once', language: 'en', zone: 'UTC' }, 'POST', { 'idempotency-key': 'a-key' });
      return server.api('/api/workspaces', { as: person, ...made });
    };
    const first = await call();
    const again = await call();
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(await again.json()).toEqual(await first.json());
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect((await server.client(person).me.get()).workspaces).toHaveLength(1);
  });
});

describe('every answer', () => {
  it.each([
    '/api/me',
    '/api/openapi.json',
    '/api/nothing',
    '/health',
    '/some/page',
    '/p/nobody',
    '/media/x/y/original',
  ])('of %s carries the security headers', async (address) => {
    const { headers } = await server.api(address, { headers: { accept: 'text/html' } });
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'|sandbox/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBeTruthy();
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.has('strict-transport-security')).toBe(false);
    if (address.startsWith('/api')) expect(headers.get('cache-control')).toBe('no-store');
  });

  it('is in the log without what stands in its query', async () => {
    await server.api('/api/me?token=very-secret-canary', { as: team.owner });
    expect(server.logged.join('\n')).not.toContain('very-secret-canary');
    expect(server.logged.some((line) => line.includes('"operation":"me.get"') && line.includes('durationMs'))).toBe(
      true,
    );
  });
});

describe('the description', () => {
  it('has every operation, its refusals and its key', async () => {
    const document = (await (await server.api('/api/openapi.json')).json()) as {
      openapi: string;
      paths: Record<
        string,
        Record<string, { operationId: string; parameters?: { $ref?: string }[]; responses: object }>
      >;
      components: { securitySchemes: object };
    };
    expect(document.openapi).toMatch(/^3\.1/);
    const operations = Object.values(document.paths)
      .flatMap((path) => Object.entries(path))
      .filter(([, { operationId }]) => !operationId.startsWith('auth.'));
    const names = Object.entries(contract).flatMap(([group, each]) =>
      Object.keys(each).map((name) => `${group}.${name}`),
    );
    expect(operations.map(([, { operationId }]) => operationId).sort()).toEqual(names.sort());
    for (const [method, operation] of operations) {
      expect(operation.responses).toHaveProperty('default');
      const keyed = operation.parameters?.some(({ $ref }) => $ref?.endsWith('/IdempotencyKey')) === true;
      expect(keyed).toBe(method !== 'get');
    }
    expect(document.components.securitySchemes).toHaveProperty('session');
  });
});
