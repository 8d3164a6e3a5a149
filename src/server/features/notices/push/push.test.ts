import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from '#server/features/publishing/testing.ts';
import { sealedColumns } from '#server/platform/db/index.ts';
import { holdClock, type TestClock } from '#test/clock.ts';
import { makeMember, makeTeam, type TestTeam } from '#test/makers.ts';
import { useServer } from '#test/server.ts';
import { type PushService, startPushService, type TestSubscription } from '#test/servers/push/index.ts';
import { makeNotice } from '../testing.ts';

const service: PushService = await startPushService();
const server = useServer();
afterAll(() => service.stop());

let clock: TestClock;
let team: TestTeam;
let subscription: TestSubscription;

beforeAll(() => {
  clock = holdClock(server.test);
});
beforeEach(async () => {
  service.received.length = 0;
  service.answers.length = 0;
  team = await makeTeam(server, { zone: 'UTC' });
  const { push } = await team.client.notices.settings();
  subscription = service.subscribe(push.key);
  await team.client.notices.addDevice({ ...subscription, name: 'Firefox' });
  await team.client.notices.choose({
    quietFrom: '00:00',
    quietTo: '00:00',
    kinds: [{ kind: 'member-joined', mail: 'off', push: true, urgent: false }],
  });
});

async function tell(): Promise<void> {
  const { workspaceId, owner } = team;
  await makeNotice(server.house, { workspaceId, personId: owner.id }, { particulars: { personId: owner.id } });
  await clock.advance(60_000);
  await server.settle();
}

describe('a push', () => {
  it('reaches the browser, which alone can read it, signed by this installation', async () => {
    await team.client.me.update({ language: 'vi' });
    await tell();
    expect(service.received).toHaveLength(1);
    const [push] = service.received;
    expect(push?.message).toEqual({
      title: expect.stringContaining(team.owner.name),
      body: expect.stringContaining('Corner bakery'),
      url: `/w/${team.workspaceId}/members`,
      tag: expect.any(String),
      lang: 'vi',
    });
    expect(push?.body.toString('latin1')).not.toContain('Corner bakery');
    expect(push).toMatchObject({ ttl: '86400', urgency: 'normal' });
    expect(push?.claims.aud).toBe(service.url);
    expect(push?.claims.sub).toMatch(/^(mailto:|https:)/);
  });

  it('goes to every device of the person, and to nobody else’s', async () => {
    const editor = await makeMember(server, team.workspaceId, 'editor');
    const { push } = await editor.client.notices.settings();
    await editor.client.notices.addDevice({ ...service.subscribe(push.key), name: 'Chrome' });
    await team.client.notices.addDevice({ ...service.subscribe(push.key), name: 'Phone' });
    await tell();
    expect(service.received).toHaveLength(2);
    expect(service.received.map((it) => it.subscription.endpoint)).toContain(subscription.endpoint);
  });

  it('to a browser that is gone removes it', async () => {
    service.answers.push(410);
    await tell();
    expect((await team.client.notices.settings()).push.devices).toEqual([]);
    await tell();
    expect(service.received).toEqual([]);
  });

  it('that the service could not take comes later, once', async () => {
    service.answers.push(503);
    await tell();
    expect(service.received).toEqual([]);
    await clock.advance(6 * 60_000);
    const { sendPushesTo } = await import('../sending-jobs.ts');
    const { house } = server;
    await house.db.outside((tx) => house.jobs.enqueue(tx, sendPushesTo, { personId: team.owner.id }));
    await server.settle();
    await house.db.outside((tx) => house.jobs.enqueue(tx, sendPushesTo, { personId: team.owner.id }));
    await server.settle();
    expect(service.received).toHaveLength(1);
  });
});

describe('a device', () => {
  it('is listed, is the same when it subscribes again, and can be removed by its person alone', async () => {
    await team.client.notices.addDevice({ ...subscription, name: 'Firefox, newer' });
    const { push } = await team.client.notices.settings();
    expect(push.devices).toMatchObject([{ name: 'Firefox, newer', current: true, toldAt: null }]);
    const pushDeviceId = push.devices[0]?.id ?? '';
    const other = await makeTeam(server);
    expect(await codeOf(other.client.notices.removeDevice({ pushDeviceId }))).toBe('not-found');
    await team.client.notices.removeDevice({ pushDeviceId });
    expect((await team.client.notices.settings()).push.devices).toEqual([]);
  });

  it('is told nothing any more when it is signed out', async () => {
    const [session] = (await team.client.sessions.list()).items;
    await server.house.db.pool.query('DELETE FROM auth.session WHERE id = $1', [session?.id]);
    await tell();
    expect(service.received).toEqual([]);
  });

  it('that could not decrypt anything is refused', async () => {
    const p256dh = Buffer.alloc(65, 4).toString('base64url');
    expect(await codeOf(team.client.notices.addDevice({ ...subscription, p256dh, name: 'Broken' }))).toBe(
      'input-invalid',
    );
  });

  it('keeps its address under the key, and so does the key of the installation', async () => {
    const { rows } = await server.house.db.pool.query<{ sealed: string }>(
      'SELECT sealed FROM push_device UNION ALL SELECT sealed FROM push_key',
    );
    expect(rows.length).toBeGreaterThan(1);
    for (const { sealed } of rows) expect(sealed).toMatch(/^v1\.[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(sealedColumns.map(({ table }) => table)).toEqual(expect.arrayContaining(['push_device', 'push_key']));
    expect(JSON.stringify(rows)).not.toContain(subscription.auth);
  });
});
