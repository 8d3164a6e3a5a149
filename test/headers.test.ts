import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { contract } from '#contract/index.ts';
import { composeHttp } from '#server/entry/compose.ts';
import { authRoutes } from '#server/platform/auth/index.ts';
import type { HttpFace } from '#server/platform/http/index.ts';
import { type SeededTeam, seedTeam } from './seed-team.ts';
import { useServer } from './server.ts';

const server = useServer();
let face: HttpFace;
let team: SeededTeam;
let webFolder: string;

beforeAll(async () => {
  team = await seedTeam(server, 'Headers');
  webFolder = await mkdtemp(path.join(tmpdir(), 'goalpost-web-'));
  await mkdir(path.join(webFolder, 'assets'));
  await writeFile(path.join(webFolder, 'index.html'), '<meta name="style-nonce" content=""><p>Goalpost');
  await writeFile(path.join(webFolder, 'assets/start-abc.js'), '1');
  await writeFile(path.join(webFolder, 'sw.js'), '1');
  await writeFile(path.join(webFolder, 'manifest.en.webmanifest'), '{}');
  const plenty = { perMinute: 1_000_000, burst: 1_000_000 };
  const limits = { person: plenty, key: plenty, address: plenty };
  face = composeHttp(server.house, { webFolder, limits }).face;
});
afterAll(() => rm(webFolder, { recursive: true, force: true }));

/**
 * The inventory: every route there is, and calls that show what it answers. A new route must be entered here, where its
 * headers are seen; `{…}` are ids of what the test has made.
 */
const inventory: Record<string, readonly string[]> = {
  'GET /health': ['GET /health'],
  'GET /health/live': ['GET /health/live'],
  'GET /health/ready': ['GET /health/ready'],
  'GET /metrics': ['GET /metrics'],
  'GET /p/style.*.css': ['GET /p/style.css'],
  'GET /p/media/:key': ['GET /p/media/none'],
  'GET /p/:address': ['GET /p/seeded-headers', 'GET /p/nobody'],
  'GET /p/:address/': ['GET /p/seeded-headers/'],
  'GET /p/:address/feed.rss': ['GET /p/seeded-headers/feed.rss'],
  'GET /p/:address/feed.atom': ['GET /p/seeded-headers/feed.atom'],
  'GET /p/:address/feed.json': ['GET /p/seeded-headers/feed.json'],
  'GET /p/:address/go/:link': ['GET /p/seeded-headers/go/none'],
  'GET /p/:address/:slug': ['GET /p/seeded-headers/none'],
  'GET /media/:workspaceId/:mediumId/:file': [
    'GET /media/{workspaceId}/{mediumId}/original',
    'GET /media/{workspaceId}/{mediumId}/none',
  ],
  'GET /unsubscribe/:token': ['GET /unsubscribe/none'],
  'POST /unsubscribe/:token': ['POST /unsubscribe/none'],
  'GET /api/workspaces/:workspaceId/live': ['GET /api/workspaces/{workspaceId}/live'],
  'GET /api/openapi.json': ['GET /api/openapi.json'],
  'GET /api/docs': ['GET /api/docs'],
  'GET /api/docs/viewer.css': ['GET /api/docs/viewer.css'],
  'GET /api/docs/viewer.js': ['GET /api/docs/viewer.js'],
  'GET /api/docs/start.js': ['GET /api/docs/start.js'],
  'GET /api/docs/look.css': ['GET /api/docs/look.css'],
  ...Object.fromEntries(
    Object.values(authRoutes).map(({ method, path: at }) => [`${method} /api/auth${at}`, [`${method} /api/auth${at}`]]),
  ),
  'GET /api/auth/registration': ['GET /api/auth/registration'],
  'ALL /api/auth/*': ['GET /api/auth/none'],
  // Every operation, and whatever else is asked for under /api.
  'ALL /api/*': ['GET /api/me', 'GET /api/workspaces/{workspaceId}', 'POST /api/workspaces', 'GET /api/none'],
  'GET /*': [
    'GET /',
    'GET /w/some/screen',
    'GET /assets/start-abc.js',
    'GET /sw.js',
    'GET /manifest.en.webmanifest',
    'GET /none.txt',
  ],
};

const watched = [
  'content-security-policy',
  'x-content-type-options',
  'referrer-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'permissions-policy',
  'strict-transport-security',
  'cache-control',
  'content-type',
  'x-robots-tag',
  'service-worker-allowed',
];

async function call(sample: string, headers: Record<string, string> = {}): Promise<Response> {
  const [method = '', pattern = ''] = sample.split(' ');
  const style = face.app.routes.find((route) => /^\/p\/style\./.test(route.path))?.path ?? '';
  const pathname = pattern
    .replace('/p/style.css', style)
    .replace(/\{(\w+)\}/g, (_, name: string) => (name === 'workspaceId' ? team.workspaceId : (team.ids[name] ?? '')));
  return face.app.request(`http://localhost${pathname}`, {
    method,
    headers: { host: 'localhost', accept: pathname.startsWith('/api') ? '*/*' : 'text/html', ...headers },
    ...(method === 'POST' ? { body: '{}' } : {}),
  });
}

const samples = Object.values(inventory).flat();

test('every route stands in the inventory', () => {
  const routes = face.app.routes
    .filter(({ method, path: at }) => !(method === 'ALL' && at === '/*'))
    .map(({ method, path: at }) => `${method} ${at.replace(/style\.\w+\.css/, 'style.*.css')}`);
  expect([...new Set(routes)].sort()).toEqual(Object.keys(inventory).sort());
});

test('what each route answers with is what was looked at (vitest -u writes it)', async () => {
  const alike = new Map<string, string[]>();
  for (const sample of samples) {
    const isSignedIn = /\/api\/(?!auth)/.test(sample);
    const { status, headers } = await call(sample, isSignedIn ? { cookie: team.owner.cookie } : {});
    const lines = watched
      .map((name) => [name, headers.get(name)?.replace(/'nonce-[^']+'/, "'nonce-…'")])
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `  ${name}: ${value}`)
      .join('\n');
    alike.set(lines, [...(alike.get(lines) ?? []), `${sample} → ${status}`]);
  }
  const text = [...alike].map(([lines, calls]) => `${calls.join('\n')}\n${lines}\n`).join('\n');
  await expect(text).toMatchFileSnapshot('headers.snapshot.txt');
});

// ASVS 5.0, V3.4.
describe.each(samples)('%s', (sample) => {
  it('lets the browser load only what is named, plug-ins and base addresses never, and frames nowhere', async () => {
    const policy = (await call(sample)).headers.get('content-security-policy') ?? '';
    const directives = policy.split('; ');
    expect(directives).toEqual(
      expect.arrayContaining(["default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]),
    );
    expect(policy).not.toMatch(/unsafe-(inline|eval)|\*|https?:(\s|;|$)/);
    expect(new Set(directives.map((directive) => directive.split(' ')[0])).size).toBe(directives.length);
  });

  it('is not sniffed, tells others nothing of its address, and shares no window', async () => {
    const { headers } = await call(sample);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toMatch(/^(same-origin|no-referrer|strict-origin-when-cross-origin)$/);
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
  });

  it('is open to no other site’s scripts, whoever asks', async () => {
    for (const origin of ['https://evil.example', 'null']) {
      const { headers } = await call(sample, { origin });
      expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });

  it('is for https only from the first visit by https on, and says nothing of it on http', async () => {
    const plain = await call(sample);
    expect(plain.headers.has('strict-transport-security')).toBe(false);
    const secure = await call(sample, { 'x-forwarded-proto': 'https' });
    expect(secure.headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
  });

  it('does not say what it is made with', async () => {
    const { headers } = await call(sample);
    expect(headers.has('server')).toBe(false);
    expect(headers.has('x-powered-by')).toBe(false);
  });
});

it('every operation answers with the headers of all others', async () => {
  const of = (headers: Headers) => watched.map((name) => headers.get(name)?.replace(/'nonce-[^']+'/, '') ?? null);
  const expected = of((await call('GET /api/me')).headers);
  const operations = Object.values(contract).flatMap((each) =>
    Object.values(each as Record<string, { '~orpc': { route: { method?: string; path?: string } } }>),
  );
  expect(operations.length).toBeGreaterThan(60);
  for (const { '~orpc': operation } of operations) {
    const { method = 'POST', path: at = '' } = operation.route;
    const sample = `${method} /api${at.replace(/\{(\w+)\}/g, (_, name: string) => (name === 'workspaceId' ? team.workspaceId : 'x'))}`;
    const response = await face.app.request(`http://localhost${sample.split(' ')[1]}`, {
      method,
      headers: { host: 'localhost' },
      ...(method === 'GET' ? {} : { body: '{}' }),
    });
    expect(of(response.headers), sample).toEqual(expected);
  }
});

it('an answer under a name that is not ours carries them too', async () => {
  const response = await face.app.request('http://evil.example/', { headers: { host: 'evil.example' } });
  expect(response.status).toBe(421);
  expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
});
