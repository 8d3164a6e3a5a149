import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { permitRegistration } from '#server/platform/auth/index.ts';
import { makeCertificate } from '#test/make-certificate.ts';
import { type TestServer, useServer } from '#test/server.ts';

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Record<string, unknown>;
}

/** One call with whatever headers it takes. */
const call = (url: URL, options: https.RequestOptions, body?: object) =>
  new Promise<Answer>((resolve, reject) => {
    const { request } = url.protocol === 'https:' ? https : http;
    const asked = request(url, { method: body ? 'POST' : 'GET', agent: false, ...options }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => {
        text += String(chunk);
      });
      answer.on('end', () => {
        const parsed = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: parsed });
      });
    });
    asked.on('error', reject);
    asked.end(body && JSON.stringify(body));
  });

let people = 0;
/** Signs a newcomer up by this way, opens a workspace, and invites somebody. */
async function goThrough(
  server: TestServer,
  ask: (path: string, headers: Record<string, string>, body?: object) => Promise<Answer>,
) {
  const email = `way-${++people}@x.example`;
  await server.house.db.outside((tx) => permitRegistration(tx, email));
  const json = { 'content-type': 'application/json' };
  const joined = await ask('/api/auth/sign-up/email', json, { name: 'Lan', email, password: 'quiet mornings' });
  const set = joined.headers['set-cookie']?.[0] ?? '';
  const cookie = set.split(';')[0] ?? '';
  const session = await ask('/api/auth/get-session', { cookie });
  const about = { name: 'Bakery', language: 'en', zone: 'UTC' };
  const workspace = await ask('/api/workspaces', { ...json, cookie }, about);
  const invitation = await ask(
    `/api/workspaces/${String(workspace.body['id'])}/invitations`,
    { ...json, cookie },
    {
      role: 'viewer',
    },
  );
  return { set, cookie, session, link: String(invitation.body['link']), headers: session.headers };
}

describe('behind a proxy that speaks https', () => {
  const server = useServer({ ALLOWED_HOSTS: 'goalpost.example' });
  const { key, cert } = makeCertificate('goalpost.example');
  let proxy: https.Server;
  let origin: string;

  beforeAll(async () => {
    proxy = https.createServer({ key, cert }, (request, answer) => {
      const headers = {
        ...request.headers,
        'x-forwarded-proto': 'https',
        'x-forwarded-for': request.socket.remoteAddress ?? '',
      };
      const onward = http.request(new URL(request.url ?? '/', server.url), {
        method: request.method ?? 'GET',
        headers,
      });
      onward.on('response', (from) => {
        answer.writeHead(from.statusCode ?? 502, from.headers);
        from.pipe(answer);
      });
      request.pipe(onward);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    origin = `https://goalpost.example:${(proxy.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => proxy.close(resolve)));

  const ask = (path: string, headers: Record<string, string>, body?: object) => {
    const lookup: https.RequestOptions = {
      ca: cert,
      lookup: (_name, _options, found) => found(null, [{ address: '127.0.0.1', family: 4 }]),
    };
    return call(new URL(path, origin), { ...lookup, headers: { origin, ...headers } }, body);
  };

  it('a session has the cookie that browsers tie to this host and to https', async () => {
    const { set, session, link, headers } = await goThrough(server, ask);
    expect(set).toMatch(/^__Host-goalpost=/);
    expect(set).toMatch(/; Secure/);
    expect(set).toMatch(/; HttpOnly/);
    expect(set).not.toMatch(/Domain/);
    expect(session.body).toMatchObject({ secure: true, person: { name: 'Lan' } });
    expect(headers['strict-transport-security']).toMatch(/^max-age=31536000/);
    expect(link).toMatch(new RegExp(`^${origin}/invitation#`));
    expect((await ask('/api/auth/registration', {})).body).toMatchObject({ secure: true });
  });

  it('a session of https is none by plain http, and the other way about', async () => {
    const { cookie } = await goThrough(server, ask);
    const plain = await call(new URL('/api/me', server.url), { headers: { cookie } });
    expect(plain.body['code']).toBe('signed-out');
    const person = await server.signUp();
    expect((await ask('/api/me', { cookie: person.cookie })).body['code']).toBe('signed-out');
  });

  it('a page of another site changes nothing, nor one of the same host by http', async () => {
    const { cookie } = await goThrough(server, ask);
    const about = { name: 'Bakery', language: 'en', zone: 'UTC' };
    for (const other of ['https://evil.example', origin.replace('https', 'http')]) {
      const headers = { 'content-type': 'application/json', cookie, origin: other };
      expect((await ask('/api/workspaces', headers, about)).body['code']).toBe('not-allowed');
    }
  });
});

describe('on plain http in a local network, with no public address set', () => {
  const server = useServer({ HOST: '0.0.0.0', ALLOWED_HOSTS: '192.168.77.5' });
  const by = (host: string) => (path: string, headers: Record<string, string>, body?: object) =>
    call(new URL(path, server.url), { headers: { host, origin: `http://${host}`, ...headers } }, body);

  it('everything works by an address that is listed, and says that it is not secure', async () => {
    const { set, session, link, headers } = await goThrough(server, by('192.168.77.5:4400'));
    expect(set).toMatch(/^goalpost=/);
    expect(set).toMatch(/; HttpOnly/);
    expect(set).not.toMatch(/Secure|Domain/);
    expect(session.body).toMatchObject({ secure: false, person: { name: 'Lan' } });
    expect(headers['strict-transport-security']).toBeUndefined();
    expect(link).toMatch(/^http:\/\/192\.168\.77\.5:4400\/invitation#/);
  });

  it('everything works by this machine’s own addresses, unlisted', async () => {
    const own = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
    for (const { address, family } of own) {
      const host = family === 'IPv6' ? `[${address}]:4400` : `${address}:4400`;
      expect((await by(host)('/api/auth/registration', {})).status, host).toBe(200);
    }
  });

  it('nothing is answered by other addresses and names, whatever leads here', async () => {
    for (const host of ['192.168.77.6:4400', '203.0.113.7', 'rebound.example:4400', '[2001:db8::7]:4400'])
      expect((await by(host)('/api/auth/registration', {})).status, host).toBe(421);
  });
});

describe('where a public address is set', () => {
  const server = useServer({ PUBLIC_URL: 'https://posts.example', ALLOWED_HOSTS: 'inside.example' });

  it('links lead there, by whatever name one came', async () => {
    const host = 'inside.example:4400';
    const { link, set } = await goThrough(server, (path, headers, body) =>
      call(new URL(path, server.url), { headers: { host, origin: `http://${host}`, ...headers } }, body),
    );
    expect(link).toMatch(/^https:\/\/posts\.example\/invitation#/);
    expect(set).toMatch(/^goalpost=/);
  });
});
