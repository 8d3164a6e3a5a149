import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holdClock } from '#test/clock.ts';
import { makeTeam, type TestTeam } from '#test/makers.ts';
import { type TestPerson, useServer } from '#test/server.ts';
import { type BlueskyServer, startBluesky } from '#test/servers/bluesky/index.ts';
import { type PracticeServer, startPractice } from '#test/servers/practice/index.ts';
import { runPublishingRound } from '../index.ts';
import { connectBluesky, says } from '../testing.ts';

const server = useServer();
const MINUTE = 60_000;
const owner: TestPerson = { id: '', name: '', email: '', password: '', cookie: '', address: '203.0.113.9' };

/** What the account's owner does: opens the link and signs in. */
async function reconnectByLink(
  { client, workspaceId }: TestTeam,
  channelId: string,
  values: Record<string, string>,
): Promise<void> {
  const { link } = await client.reconnectLinks.create({ workspaceId, channelId });
  await server.client(owner).reconnectLinks.use({ token: new URL(link).hash.slice(1), values });
  await server.settle();
}

async function publish({ client, workspaceId }: TestTeam, channelId: string, text: string): Promise<string> {
  const draft = await client.posts.create({ workspaceId, content: says(text), variants: [{ channelId }] });
  await client.posts.publishNow({ workspaceId, postId: draft.id, revision: draft.revision });
  return draft.id;
}

/** As two hours later: a session of a revoked app password goes on until its access token ends. */
async function endAccess({ workspaceId }: TestTeam, channelId: string, accessJwt: string): Promise<void> {
  const { db, vault } = server.house;
  const place = { workspaceId, table: 'connection', column: 'credential', rowId: channelId };
  await db.inWorkspace(workspaceId, async (tx) => {
    const { rows } = await sql<{ credential: string }>`SELECT credential FROM connection`.execute(tx);
    const kept = JSON.parse(vault.open(rows[0]?.credential ?? '', place)) as object;
    await sql`UPDATE connection SET credential = ${vault.seal(JSON.stringify({ ...kept, accessJwt }), place)}`.execute(
      tx,
    );
  });
}

const deliveryOf = async ({ client, workspaceId }: TestTeam, postId: string) =>
  (await client.posts.get({ workspaceId, postId })).deliveries[0];

describe('what was held for a lost connection', () => {
  let practice: PracticeServer;
  beforeAll(async () => {
    practice = await startPractice();
  }, 60_000);
  afterAll(() => practice?.stop());

  it('goes out by itself after a reconnect by link: once, in order, and not when it is too late', async () => {
    const clock = holdClock(server.test);
    const team = await makeTeam(server);
    const { client, workspaceId } = team;
    const { handle, password } = await practice.openAccount('bakery');
    const { id: channelId } = await client.channels.create({ workspaceId, network: 'practice', name: 'Shop' });
    const values = { server: practice.url, identifier: handle, password };
    await client.channels.connect({ workspaceId, channelId, values });
    await practice.control('revoke', { account: handle });
    const late = await publish(team, channelId, 'Too late by then');
    await runPublishingRound(server.house);
    expect(await deliveryOf(team, late)).toMatchObject({ state: 'held', heldReason: 'connection-broken' });
    await server.settle();
    expect((await client.notices.list({ workspaceId })).items).toMatchObject([{ kind: 'channel-lost' }]);
    // The grace time of the workspace is an hour.
    await clock.advance(61 * MINUTE);
    const posts = [];
    for (const text of ['first', 'second', 'third']) posts.push(await publish(team, channelId, text));
    await runPublishingRound(server.house);
    expect(practice.readLedger(handle)).toEqual([]);

    await reconnectByLink(team, channelId, { identifier: handle, password });
    await runPublishingRound(server.house);
    expect(practice.readLedger(handle).map(({ text }) => text)).toEqual(['first', 'second', 'third']);
    for (const post of posts) expect((await deliveryOf(team, post))?.state).toBe('published');
    expect(await deliveryOf(team, late)).toMatchObject({ state: 'held', heldReason: 'late' });
    await runPublishingRound(server.house);
    expect(practice.readLedger(handle)).toHaveLength(3);
    await clock.advance(-61 * MINUTE);
  });
});

describe('on the real Bluesky', () => {
  let bluesky: BlueskyServer;
  beforeAll(async () => {
    bluesky = await startBluesky();
  }, 300_000);
  afterAll(() => bluesky?.stop());

  it('a revoked app password holds posts, which go out once and in order after a reconnect by link', async () => {
    const team = await makeTeam(server);
    const bakery = await bluesky.createAccount('bakery');
    const channelId = await connectBluesky(team, bluesky, bakery);
    const { client, workspaceId } = team;
    const { connection } = await client.channels.get({ workspaceId, channelId });
    // It is renewed for ever: no end is told.
    expect(connection).toMatchObject({ state: 'connected', endsAt: null });
    await bakery.revokeAppPassword();
    await endAccess(team, channelId, bakery.expiredToken());
    const posts = [await publish(team, channelId, 'Fresh bread'), await publish(team, channelId, 'And rolls')];
    await runPublishingRound(server.house);
    for (const post of posts) expect(await deliveryOf(team, post)).toMatchObject({ state: 'held' });
    expect(await bakery.listPosts()).toEqual([]);
    const password = await bakery.makeAppPassword();
    await reconnectByLink(team, channelId, { identifier: bakery.handle, password });
    await runPublishingRound(server.house);
    const listed = (await bakery.listPosts()).map(({ value }) => value['text']);
    // The server lists the newest first.
    expect(listed.toReversed()).toEqual(['Fresh bread', 'And rolls']);
    for (const post of posts) expect((await deliveryOf(team, post))?.state).toBe('published');
  });
});
