import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runPublishingRound } from '#server/features/publishing/index.ts';
import { addNetwork, codeOf, says } from '#server/features/publishing/testing.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import type { JobDefinition } from '#server/platform/jobs/index.ts';
import { holdClock, type TestClock } from '#test/clock.ts';
import { createFakeNetwork, type FakeNetwork } from '#test/fake-network.ts';
import { makeMember, makeTeam, type TestTeam } from '#test/makers.ts';
import { useServer } from '#test/server.ts';
import { type SmtpServer, startSmtpServer } from '#test/servers/smtp/index.ts';
import { noticeJobs } from './index.ts';
import { makeNotice } from './testing.ts';

const smtp: SmtpServer = await startSmtpServer();
const server = useServer({ SMTP_URL: `smtp://127.0.0.1:${smtp.port}?tls=optional` });
afterAll(() => smtp.stop());

const MINUTE = 60_000;
const rejected = { kind: 'content-rejected', field: 'text', reason: 'no', said: 'no', reached: 'no' } as const;
let clock: TestClock;
let team: TestTeam;
let network: FakeNetwork;
let channelId: string;
let networks = 0;

beforeAll(() => {
  clock = holdClock(server.test);
});
beforeEach(async () => {
  smtp.received.length = 0;
  team = await makeTeam(server, { zone: 'UTC' });
  const id = `shouting${++networks}`;
  network = createFakeNetwork({ id });
  addNetwork(server.house, network.connector);
  const { client, workspaceId } = team;
  const channel = await client.channels.create({ workspaceId, network: id, name: 'Old Market' });
  channelId = channel.id;
  await client.channels.connect({ workspaceId, channelId, values: { name: 'shop', secret: 'right' } });
  // Quiet hours have tests of their own.
  await client.notices.choose({ quietFrom: '00:00', quietTo: '00:00' });
  await server.settle();
});

async function failPosts(count: number): Promise<{ id: string; deliveryId: string }[]> {
  const { client, workspaceId } = team;
  const made: { id: string; deliveryId: string }[] = [];
  for (let i = 0; i < count; i += 1) {
    network.script = [rejected];
    const { id, revision } = await client.posts.create({
      workspaceId,
      content: says(`Rolls ${i}`),
      variants: [{ channelId }],
    });
    const post = await client.posts.publishNow({ workspaceId, postId: id, revision });
    await runPublishingRound(server.house);
    made.push({ id, deliveryId: post.deliveries[0]?.id ?? '' });
  }
  await server.settle();
  return made;
}

/** Lets the clock go on and everything that waits for it happen. */
async function wait(ms: number): Promise<void> {
  await clock.advance(ms);
  await run('notice.sweep');
  await server.settle();
}

/** Runs a job that runs by its timetable. */
async function run(name: string): Promise<void> {
  const job = noticeJobs.find((it) => it.name === name);
  if (!job) throw new Error(`There is no job ${name}.`);
  const { house } = server;
  await (job.run as JobDefinition['run'])({ house, log: house.log, jobId: 'by hand' }, {});
}

/** The mails that came to these people; of what earlier tests began, some come while the clock goes on. */
function mailsTo(...people: { email: string }[]): SmtpServer['received'] {
  return smtp.received.filter(({ to }) => people.some(({ email }) => to.includes(email)));
}

describe('a notice', () => {
  it('counts ten failed posts of a channel once each, and leads to all of them', async () => {
    await failPosts(10);
    const { items } = await team.client.notices.list({ workspaceId: team.workspaceId });
    expect(items).toMatchObject([
      {
        kind: 'delivery-failed',
        count: 10,
        names: { channel: 'Old Market' },
        path: `/w/${team.workspaceId}/deliveries?show=decide`,
        readAt: null,
      },
    ]);
  });

  it('goes to who can do something about it, and not to who only looks', async () => {
    const { workspaceId } = team;
    const editor = await makeMember(server, workspaceId, 'editor');
    const viewer = await makeMember(server, workspaceId, 'viewer');
    const [post] = await failPosts(1);
    const [told] = (await editor.client.notices.list({ workspaceId })).items;
    expect(told).toMatchObject({ kind: 'delivery-failed', path: `/w/${workspaceId}/posts/${post?.id}` });
    expect((await viewer.client.notices.list({ workspaceId })).items).toEqual([]);
    expect(await viewer.client.notices.unread({ workspaceId })).toEqual({ count: 0 });
  });

  it('is settled by itself when a person has dealt with what it was about', async () => {
    const { client, workspaceId } = team;
    const [first, second] = await failPosts(2);
    await client.deliveries.cancel({ workspaceId, deliveryId: first?.deliveryId ?? '' });
    await server.settle();
    expect(await client.notices.unread({ workspaceId })).toEqual({ count: 1 });
    network.script = ['accept'];
    await client.deliveries.retry({ workspaceId, deliveryId: second?.deliveryId ?? '' });
    await server.settle();
    const [notice] = (await client.notices.list({ workspaceId })).items;
    expect(notice?.settledAt).not.toBeNull();
    expect(await client.notices.unread({ workspaceId })).toEqual({ count: 0 });
  });

  it('says of a lost channel once what its held posts say too, and is settled by connecting it', async () => {
    const { client, workspaceId } = team;
    const revoked = { kind: 'credential-rejected', said: 'revoked', reached: 'no' } as const;
    network.script = [revoked, revoked];
    const { id, revision } = await client.posts.create({
      workspaceId,
      content: says('Rolls'),
      variants: [{ channelId }],
    });
    await client.posts.publishNow({ workspaceId, postId: id, revision });
    await runPublishingRound(server.house);
    await server.settle();
    const { items } = await client.notices.list({ workspaceId });
    expect(items.map(({ kind, path }) => ({ kind, path }))).toEqual([
      { kind: 'channel-lost', path: `/w/${workspaceId}/channels/${channelId}` },
    ]);
    await client.channels.connect({ workspaceId, channelId, values: { name: 'shop', secret: 'right' } });
    await server.settle();
    expect(await client.notices.unread({ workspaceId })).toEqual({ count: 0 });
  });

  it('does not call a post unpublished of which only a later part failed', async () => {
    const { client, workspaceId } = team;
    network.script = ['accept', rejected];
    const content = says('First', 'Second');
    const { id, revision } = await client.posts.create({ workspaceId, content, variants: [{ channelId }] });
    await client.posts.publishNow({ workspaceId, postId: id, revision });
    await runPublishingRound(server.house);
    await server.settle();
    const [notice] = (await client.notices.list({ workspaceId })).items;
    expect(notice).toMatchObject({ kind: 'delivery-failed', wording: 'delivery-failed-part', readAt: null });
  });

  it('tells of a post that missed its time', async () => {
    const { client, workspaceId } = team;
    const { checkedAt } = await client.publishing.health({ workspaceId });
    const due = Temporal.Instant.from(checkedAt).add({ minutes: 5 }).toZonedDateTimeISO('UTC').toPlainDateTime();
    const { id, revision } = await client.posts.create({
      workspaceId,
      content: says('Rolls'),
      variants: [{ channelId }],
    });
    const at = { local: due.toString({ smallestUnit: 'minute' }), zone: 'UTC' };
    await client.posts.schedule({ workspaceId, postId: id, revision, at });
    await clock.advance(3 * 60 * MINUTE);
    await runPublishingRound(server.house);
    await server.settle();
    const [notice] = (await client.notices.list({ workspaceId })).items;
    expect(notice).toMatchObject({ kind: 'delivery-held', wording: 'delivery-held-late', count: 1 });
  });

  it('tells of who joined everybody who invites, but not themselves', async () => {
    const { client, workspaceId } = team;
    const { link } = await client.invitations.create({ workspaceId, role: 'manager' });
    const newcomer = await server.signUp({ name: 'Nok' });
    await server.client(newcomer).invitations.accept({ token: link.split('#')[1] ?? '' });
    await server.settle();
    expect((await client.notices.list({ workspaceId })).items).toMatchObject([
      { kind: 'member-joined', names: { person: 'Nok' }, count: 1 },
    ]);
    expect((await server.client(newcomer).notices.list({ workspaceId })).items).toEqual([]);
  });

  it('is read, unread again, and all at once, by its own person alone', async () => {
    const { client, workspaceId, owner } = team;
    const noticeId = await makeNotice(server.house, { workspaceId, personId: owner.id });
    await makeNotice(server.house, { workspaceId, personId: owner.id });
    const editor = await makeMember(server, workspaceId, 'editor');
    expect(await codeOf(editor.client.notices.mark({ workspaceId, noticeIds: [noticeId], read: true }))).toBe(
      'not-found',
    );
    await client.notices.mark({ workspaceId, noticeIds: [noticeId], read: true });
    expect(await client.notices.unread({ workspaceId })).toEqual({ count: 1 });
    expect((await client.notices.list({ workspaceId, show: 'unread' })).items).toHaveLength(1);
    await client.notices.mark({ workspaceId, noticeIds: [noticeId], read: false });
    const { noticeIds } = await client.notices.markAll({ workspaceId });
    expect(noticeIds).toHaveLength(2);
    expect(await client.notices.unread({ workspaceId })).toEqual({ count: 0 });
    await client.notices.mark({ workspaceId, noticeIds, read: false });
    expect(await client.notices.unread({ workspaceId })).toEqual({ count: 2 });
  });

  it('that was read a month ago is forgotten, an unread one is not', async () => {
    const { client, workspaceId, owner } = team;
    const noticeId = await makeNotice(server.house, { workspaceId, personId: owner.id });
    await makeNotice(server.house, { workspaceId, personId: owner.id });
    await client.notices.mark({ workspaceId, noticeIds: [noticeId], read: true });
    await clock.advance(31 * 24 * 60 * MINUTE);
    await run('notice.prune');
    expect((await client.notices.list({ workspaceId })).items).toHaveLength(1);
  });
});

describe('what nobody does', () => {
  it('is told too: a goal that is reached, once, and in risk, when it was not before', async () => {
    const { client, workspaceId } = team;
    const goal = await client.goals.create({
      workspaceId,
      title: 'Two posts',
      metric: 'posts-published',
      target: { kind: 'number', value: 1 },
      deadlineOn: '2099-03-31',
    });
    const content = says('Rolls');
    const serves = { kind: 'goal' as const, goalId: goal.id };
    const { id, revision } = await client.posts.create({ workspaceId, content, serves, variants: [{ channelId }] });
    await client.posts.publishNow({ workspaceId, postId: id, revision });
    await runPublishingRound(server.house);
    await server.settle();
    await run('notice.hour');
    await server.settle();
    await run('notice.hour');
    await server.settle();
    const { items } = await client.notices.list({ workspaceId });
    expect(items).toMatchObject([
      { kind: 'goal-reached', names: { goal: 'Two posts' }, count: 1, path: `/w/${workspaceId}/goals/${goal.id}` },
    ]);
  });

  it('is told too: a channel that has not answered for long, before its next post and not after it works', async () => {
    const { client, workspaceId } = team;
    const { checkedAt } = await client.publishing.health({ workspaceId });
    const due = Temporal.Instant.from(checkedAt).add({ hours: 30 }).toZonedDateTimeISO('UTC').toPlainDateTime();
    const { id, revision } = await client.posts.create({
      workspaceId,
      content: says('Rolls'),
      variants: [{ channelId }],
    });
    const at = { local: due.toString({ smallestUnit: 'minute' }), zone: 'UTC' };
    await client.posts.schedule({ workspaceId, postId: id, revision, at });
    const kinds = async () =>
      (await client.notices.list({ workspaceId, show: 'unread' })).items.map(({ kind }) => kind);
    await run('notice.hour');
    expect(await kinds()).toEqual([]);
    await clock.advance(14 * 60 * MINUTE);
    await run('notice.hour');
    await run('notice.hour');
    expect(await kinds()).toEqual(['channel-doubtful']);
    const { db } = server.house;
    await db.inWorkspace(workspaceId, (tx) =>
      tellFact(tx, { workspaceId, kind: 'figures.changed', payload: { channelId } }),
    );
    await server.settle();
    expect(await kinds()).toEqual([]);
  });

  it('is counted down to: a week and a day before the first post that its end stands in the way of, each once', async () => {
    const { client, workspaceId } = team;
    const { db } = server.house;
    const listed = async () =>
      (await client.notices.list({ workspaceId, show: 'unread' })).items.map(
        ({ wording, count }) => `${wording} ${count}`,
      );
    const { checkedAt } = await client.publishing.health({ workspaceId });
    const now = Temporal.Instant.from(checkedAt);
    const plan = async (days: number) => {
      const content = says(`In ${days} days`);
      const { id, revision } = await client.posts.create({ workspaceId, content, variants: [{ channelId }] });
      const local = now
        .add({ hours: 24 * days })
        .toZonedDateTimeISO('UTC')
        .toPlainDateTime()
        .toString({ smallestUnit: 'minute' });
      await client.posts.schedule({ workspaceId, postId: id, revision, at: { local, zone: 'UTC' } });
    };
    for (const days of [5, 20, 30]) await plan(days);
    await run('notice.hour');
    expect(await listed()).toEqual([]);
    const endsAt = new Date(now.epochMilliseconds + 9 * 24 * 60 * MINUTE);
    await db.inWorkspace(workspaceId, (tx) =>
      sql`UPDATE connection SET ends_at = ${endsAt}, renewal_failed_since = clock.now(), renewal_failures = 1
        WHERE channel_id = ${channelId}`.execute(tx),
    );
    expect((await client.publishing.endings({ workspaceId })).items).toMatchObject([
      { channelId, endsAt: endsAt.toISOString(), count: 2 },
    ]);
    await run('notice.hour');
    expect(await listed()).toEqual([]);
    // What is planned before the end is none of it.
    const day = 24 * 60 * MINUTE;
    const later = new Date(now.epochMilliseconds + 19 * day);
    await db.inWorkspace(workspaceId, (tx) =>
      sql`UPDATE connection SET ends_at = ${later}, worked_at = ${later} WHERE channel_id = ${channelId}`.execute(tx),
    );
    await clock.advance(14 * day);
    await run('notice.hour');
    // Renewed meanwhile: the same end, told anew, some milliseconds later.
    await db.inWorkspace(workspaceId, (tx) =>
      sql`UPDATE connection SET ends_at = date_trunc('minute', ends_at) + interval '7 milliseconds'
        WHERE channel_id = ${channelId}`.execute(tx),
    );
    await run('notice.hour');
    expect((await listed()).filter((it) => it.startsWith('channel-ending'))).toEqual(['channel-ending 1']);
    await clock.advance(5 * day + 60 * MINUTE);
    await run('notice.hour');
    await run('notice.hour');
    expect((await listed()).filter((it) => it.startsWith('channel-ending'))).toEqual(['channel-ending-soon 2']);
    // Renewing works again, and moves the end behind all that is planned; nobody connects anything.
    const setEnd = (at: Date) =>
      db.inWorkspace(workspaceId, (tx) =>
        sql`UPDATE connection SET ends_at = ${at} WHERE channel_id = ${channelId}`.execute(tx),
      );
    await setEnd(new Date(now.epochMilliseconds + 90 * day));
    await run('notice.hour');
    expect((await listed()).filter((it) => it.startsWith('channel-ending'))).toEqual([]);
    await setEnd(new Date(later.getTime() + 2 * MINUTE));
    await run('notice.hour');
    expect((await listed()).filter((it) => it.startsWith('channel-ending'))).toEqual(['channel-ending-soon 1']);
    await db.inWorkspace(workspaceId, (tx) =>
      tellFact(tx, { workspaceId, kind: 'channel.connected', payload: { channelId } }),
    );
    await server.settle();
    expect((await listed()).filter((it) => it.startsWith('channel-ending'))).toEqual([]);
    await clock.advance(-19 * day - 60 * MINUTE);
  });

  it('is told too: figures that could not be fetched for days', async () => {
    const { client, workspaceId } = team;
    const { db } = server.house;
    await db.inWorkspace(workspaceId, (tx) => sql`DELETE FROM figure WHERE channel_id = ${channelId}`.execute(tx));
    await db.inWorkspace(workspaceId, (tx) =>
      sql`INSERT INTO figure (workspace_id, channel_id, metric, value, value_at, absence, fault, tried_at)
        VALUES (${workspaceId}, ${channelId}, 'followers', 7, clock.now() - interval '4 days', 'failed', 'temporarily-down', clock.now()),
          (${workspaceId}, ${channelId}, 'views', 7, clock.now() - interval '5 days', 'failed', 'temporarily-down', clock.now())`.execute(
        tx,
      ),
    );
    await db.inWorkspace(workspaceId, (tx) =>
      sql`UPDATE connection SET connected_at = clock.now() - interval '9 days' WHERE channel_id = ${channelId}`.execute(
        tx,
      ),
    );
    await run('notice.hour');
    await run('notice.hour');
    const { items } = await client.notices.list({ workspaceId });
    expect(items).toMatchObject([{ kind: 'figures-missing', names: { channel: 'Old Market' }, count: 1 }]);
  });

  it('is told too: that posts are due and do not move, once to who may act, and once more when they move again', async () => {
    const { client, workspaceId, owner } = team;
    const viewer = await makeMember(server, workspaceId, 'viewer');
    const draft = await client.posts.create({ workspaceId, content: says('Stuck'), variants: [{ channelId }] });
    await client.posts.publishNow({ workspaceId, postId: draft.id, revision: draft.revision });
    await run('notice.publishing');
    expect((await client.notices.list({ workspaceId })).items).toEqual([]);
    await clock.advance(90_000);
    await run('notice.publishing');
    await run('notice.publishing');
    await wait(MINUTE);
    const [told, ...others] = (await client.notices.list({ workspaceId })).items;
    expect(others).toEqual([]);
    expect(told).toMatchObject({ kind: 'publishing-behind', wording: 'publishing-behind', count: 1 });
    expect(told?.path).toBe(`/w/${workspaceId}/status`);
    expect(mailsTo(owner)).toHaveLength(1);
    expect((await viewer.client.notices.list({ workspaceId })).items).toEqual([]);
    await runPublishingRound(server.house);
    await run('notice.publishing');
    await run('notice.publishing');
    expect((await client.notices.list({ workspaceId })).items).toMatchObject([
      { kind: 'publishing-behind', wording: 'publishing-behind-over', count: 2 },
    ]);
    await wait(60 * MINUTE);
    expect(mailsTo(owner)).toHaveLength(2);
  });

  it('is told too: that publishing stands still, to who runs the installation, in quiet hours too', async () => {
    const { client, workspaceId, owner } = team;
    const { db } = server.house;
    await db.pool.query('UPDATE person SET is_operator = true WHERE id = $1', [owner.id]);
    await db.pool.query(
      `UPDATE detector_pulse SET overdue = 3, oldest_overdue_at = clock.now() - interval '10 minutes'`,
    );
    try {
      await client.notices.choose({ quietFrom: '00:00', quietTo: '23:59' });
      await run('notice.publishing');
      await run('notice.publishing');
      await wait(MINUTE);
      const { items } = await client.notices.list({ workspaceId });
      expect(items).toMatchObject([{ kind: 'publishing-stopped', count: 1, path: `/w/${workspaceId}/installation` }]);
      expect(mailsTo(owner)).toHaveLength(1);
    } finally {
      await db.pool.query('UPDATE person SET is_operator = false WHERE id = $1', [owner.id]);
      await db.pool.query('UPDATE detector_pulse SET overdue = 0, oldest_overdue_at = NULL');
    }
  });
});

describe('a mail', () => {
  it('comes once for what happened together, in the person’s language, with a way to stop it in one press', async () => {
    await team.client.me.update({ language: 'th' });
    await failPosts(3);
    await wait(MINUTE);
    await wait(5 * MINUTE);
    const mine = mailsTo(team.owner);
    expect(mine).toHaveLength(1);
    const [mail] = mine;
    expect(mail?.headers.get('subject')).toContain('3 โพสต์');
    expect(mail?.parts.get('text/plain')).toContain('/deliveries?show=decide');
    expect(mail?.headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(mail?.headers.get('list-unsubscribe')).toMatch(/^<http:\/\/localhost:\d+\/unsubscribe\/[\w.-]+>$/);
  });

  it('does not come about what was read before', async () => {
    const { client, workspaceId } = team;
    await failPosts(1);
    await client.notices.markAll({ workspaceId });
    await wait(MINUTE);
    expect(mailsTo(team.owner)).toEqual([]);
  });

  it('waits for the end of quiet hours', async () => {
    const { client, workspaceId } = team;
    const { checkedAt } = await client.publishing.health({ workspaceId });
    const now = Temporal.Instant.from(checkedAt).toZonedDateTimeISO('UTC').toPlainTime();
    const at = (minutes: number) => now.add({ minutes }).toString({ smallestUnit: 'minute' });
    await client.notices.choose({ quietFrom: at(-60), quietTo: at(60) });
    await failPosts(1);
    await wait(30 * MINUTE);
    expect(mailsTo(team.owner)).toEqual([]);
    await wait(35 * MINUTE);
    expect(mailsTo(team.owner)).toHaveLength(1);
  });

  it('gathers what is for the digest, of several workspaces, in one', async () => {
    const { client, workspaceId, owner } = team;
    const second = await client.workspaces.create({ name: 'The other shop', language: 'en', zone: 'UTC' });
    const { checkedAt } = await client.publishing.health({ workspaceId });
    const hour = Temporal.Instant.from(checkedAt).toZonedDateTimeISO('UTC').add({ hours: 2 }).toPlainTime();
    await client.notices.choose({ digestAt: hour.toString({ smallestUnit: 'minute' }) });
    await makeNotice(server.house, { workspaceId, personId: owner.id }, { particulars: { personId: owner.id } });
    await makeNotice(server.house, { workspaceId: second.id, personId: owner.id });
    await wait(60 * MINUTE);
    expect(mailsTo(team.owner)).toEqual([]);
    await wait(61 * MINUTE);
    expect(mailsTo(team.owner)).toHaveLength(1);
    const text = mailsTo(team.owner)[0]?.parts.get('text/plain') ?? '';
    expect(text).toContain('Corner bakery');
    expect(text).toContain('The other shop');
    expect(mailsTo(team.owner)[0]?.headers.get('subject')).toContain('2 notices');
  });

  it('no longer comes to who has left the workspace', async () => {
    const { client, workspaceId } = team;
    const editor = await makeMember(server, workspaceId, 'editor');
    await editor.client.notices.choose({ quietFrom: '00:00', quietTo: '00:00' });
    await failPosts(1);
    await client.members.remove({ workspaceId, personId: editor.person.id });
    await wait(MINUTE);
    expect(mailsTo(team.owner, editor.person).flatMap(({ to }) => to)).toEqual([team.owner.email]);
  });

  it('is stopped by the link in it: looking changes nothing, pressing does, signed out', async () => {
    await failPosts(1);
    await wait(MINUTE);
    const link =
      /<http:\/\/[^/]+(\/[^>]+)>/.exec(mailsTo(team.owner)[0]?.headers.get('list-unsubscribe') ?? '')?.[1] ?? '';
    const look = await server.api(link);
    expect(look.status).toBe(200);
    expect(await look.text()).toContain('<form method="post">');
    const mailOf = async () => (await team.client.notices.settings()).kinds.map(({ mail }) => mail);
    expect(await mailOf()).toContain('now');
    const press = await server.api(link, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
    expect(press.status).toBe(200);
    expect(new Set(await mailOf())).toEqual(new Set(['off']));
    const others = await server.api(`${link.slice(0, -3)}AAA`, { method: 'POST' });
    expect(others.status).toBe(404);
    smtp.received.length = 0;
    await failPosts(1);
    await wait(2 * 60 * MINUTE);
    expect(mailsTo(team.owner)).toEqual([]);
  });
});
