import { describe, expect, test, vi } from 'vitest';
import { runPublishingRound } from '#server/features/publishing/index.ts';
import { addNetwork, says } from '#server/features/publishing/testing.ts';
import { createFakeNetwork } from './fake-network.ts';
import { makeTeam } from './makers.ts';
import { useServer } from './server.ts';

describe('metrics with a token', () => {
  const token = 'canary-metrics-token-1';
  const server = useServer({ METRICS_TOKEN: token });
  const read = (headers: Record<string, string> = {}) => server.api('/metrics', { headers });

  test('are there for who shows it, and for nobody else', async () => {
    for (const authorization of ['', 'Bearer wrong', `Basic ${token}`, `Bearer ${token}x`])
      expect((await read({ authorization })).status).toBe(404);
    const response = await read({ authorization: `Bearer ${token}` });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  });

  test('tell of calls, deliveries, jobs and the process, under names with their unit last', async () => {
    const team = await makeTeam(server);
    const { client, workspaceId } = team;
    const network = createFakeNetwork();
    addNetwork(server.house, network.connector);
    const channel = await client.channels.create({ workspaceId, network: 'fake', name: 'Shop' });
    await client.channels.connect({ workspaceId, channelId: channel.id, values: { name: 'shop', secret: 'right' } });
    const text = async () => (await read({ authorization: `Bearer ${token}` })).text();
    await text();
    const draft = await client.posts.create({
      workspaceId,
      content: says('Bread'),
      variants: [{ channelId: channel.id }],
    });
    await client.posts.publishNow({ workspaceId, postId: draft.id, revision: draft.revision });
    await runPublishingRound(server.house);
    await server.house.fetch('http://10.0.0.1/');
    let page = '';
    const figure = (name: string): number => {
      const line = page.split('\n').find((each) => each.startsWith(`${name} `));
      return Number(line?.slice(name.length + 1));
    };
    // What the database is asked for is kept for a moment.
    await vi.waitFor(
      async () => {
        page = await text();
        expect(figure('goalpost_deliveries{state="published"}')).toBe(1);
      },
      { timeout: 20_000, interval: 200 },
    );
    expect(figure('goalpost_http_requests_total{operation="posts.create",status="2xx"}')).toBe(1);
    expect(figure('goalpost_http_request_duration_seconds_count{operation="posts.create"}')).toBe(1);
    expect(figure('goalpost_delivery_lateness_seconds_count')).toBe(1);
    expect(figure('goalpost_delivery_start_lateness_seconds_count')).toBe(1);
    expect(figure('goalpost_delivery_start_lateness_seconds_sum')).toBeLessThan(60);
    expect(figure('goalpost_egress_requests_total{by="pages",outcome="private-address"}')).toBe(1);
    expect(figure('goalpost_database_up')).toBe(1);
    expect(figure('goalpost_mails_waiting')).toBe(0);
    expect(figure('process_resident_memory_bytes')).toBeGreaterThan(1e7);
    expect(page).not.toContain(workspaceId);
    const names = [...page.matchAll(/^# TYPE (\S+) (\S+)/gm)];
    expect(names.length).toBeGreaterThan(15);
    for (const [, name = ''] of names) expect(page).toMatch(new RegExp(`^# HELP ${name} \\S.+\\.$`, 'm'));
  });

  test('keep their labels to a short list, whatever is asked for', async () => {
    for (let i = 0; i < 30; i++) await server.api(`/api/nothing-${i}`);
    for (let i = 0; i < 30; i++) await server.api(`/wp-login-${i}.php`);
    const page = await (await read({ authorization: `Bearer ${token}` })).text();
    expect(page).not.toMatch(/nothing-|wp-login/);
    expect(page).toContain('operation="/api/",status="4xx"');
  });
});

describe('metrics without a token', () => {
  const server = useServer();
  test('are there for this machine, and not for who comes through a proxy', async () => {
    expect((await fetch(`${server.url}/metrics`)).status).toBe(200);
    for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])
      expect((await fetch(`${server.url}/metrics`, { headers: { [name]: '127.0.0.1' } })).status).toBe(404);
  });
});

describe.each([{ HOST: '0.0.0.0' }, { PUBLIC_URL: 'https://social.example.org', ALLOWED_HOSTS: '127.0.0.1' }])(
  'metrics without a token on %o',
  (settings) => {
    const server = useServer({ ...settings, ALLOWED_HOSTS: '127.0.0.1' } as Record<string, string>);
    test('are not there', async () => {
      expect((await fetch(`${server.url}/metrics`)).status).toBe(404);
    });
  },
);
