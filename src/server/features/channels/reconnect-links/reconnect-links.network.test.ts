import { createHash } from 'node:crypto';
import { ORPCError } from '@orpc/client';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeMember, makeTeam, type TestTeam } from '#test/makers.ts';
import { type TestPerson, useServer } from '#test/server.ts';
import { type PracticeAccount, type PracticeServer, startPractice } from '#test/servers/practice/index.ts';

const server = useServer();
let practice: PracticeServer;
let team: TestTeam;
let bakery: PracticeAccount;
let channelId: string;
let names = 0;

beforeAll(async () => {
  practice = await startPractice();
}, 60_000);
afterAll(() => practice?.stop());
beforeEach(async () => {
  names += 1;
  team = await makeTeam(server, { name: 'Agency' });
  bakery = await practice.openAccount(`bakery-${names}`);
  channelId = await connect(team, bakery);
});

async function connect({ client, workspaceId }: TestTeam, { handle, password }: PracticeAccount): Promise<string> {
  const { id } = await client.channels.create({ workspaceId, network: 'practice', name: 'The bakery' });
  await client.channels.connect({
    workspaceId,
    channelId: id,
    values: { server: practice.url, identifier: handle, password },
  });
  return id;
}

const place = () => ({ workspaceId: team.workspaceId, channelId });
const tokenOf = (link: string) => new URL(link).hash.slice(1);
const codeOf = (error: unknown) => (error instanceof ORPCError ? error.code : error);
/** Somebody who is not signed in, each at an address of their own. */
const somebody = () => {
  names += 1;
  const nobody: TestPerson = { id: '', name: '', email: '', password: '', cookie: '', address: `203.0.113.${names}` };
  return server.client(nobody).reconnectLinks;
};
const make = async (input: { days?: number } = {}) => team.client.reconnectLinks.create({ ...place(), ...input });
const signIn = (account: PracticeAccount) => ({ identifier: account.handle, password: account.password });
const use = (link: string, values: Record<string, string> = signIn(bakery)) =>
  somebody()
    .use({ token: tokenOf(link), values })
    .catch(codeOf);
const states = async () => (await team.client.reconnectLinks.list(place())).items.map(({ state }) => state);
const stateOf = async () => (await team.client.channels.get(place())).connection.state;
async function lose(): Promise<void> {
  await practice.control('revoke', { account: bakery.handle });
  await server.house.db.inWorkspace(team.workspaceId, (tx) =>
    sql`UPDATE connection SET state = 'credential-rejected' WHERE channel_id = ${channelId}`.execute(tx),
  );
}

describe('a link to reconnect', () => {
  it('connects the account again for its owner, who has no seat, and tells who made the link', async () => {
    await lose();
    const { link, reconnectLink } = await make();
    expect(link).toMatch(new RegExp(`^${server.url}/reconnect#[\\w-]{43}$`));
    expect(reconnectLink).toMatchObject({ state: 'open', handle: bakery.handle, madeById: team.owner.id });
    expect(await somebody().look({ token: tokenOf(link) })).toMatchObject({
      workspaceName: 'Agency',
      network: 'practice',
      handle: bakery.handle,
      server: practice.url,
      works: false,
      madeByName: team.owner.name,
    });
    expect(await use(link)).toEqual({ network: 'practice', handle: bakery.handle, workspaceName: 'Agency' });
    expect(await stateOf()).toBe('connected');
    await server.settle();
    const { client, workspaceId } = team;
    expect((await client.notices.list({ workspaceId })).items).toMatchObject([{ kind: 'channel-reconnected' }]);
    const [line] = (await client.audit.list({ workspaceId, action: 'channel.reconnected' })).items;
    expect(line).toMatchObject({
      by: { kind: 'system' },
      subject: { kind: 'channel', id: channelId },
      detail: { reconnectLinkId: reconnectLink.id, madeById: team.owner.id },
    });
  });

  it('is good once, also when two use it at the same moment', async () => {
    const { link } = await make();
    const outcomes = await Promise.all([use(link), use(link)]);
    expect(outcomes.filter((it) => it === 'link-spent')).toHaveLength(1);
    expect(await use(link)).toBe('link-spent');
    expect(
      await somebody()
        .look({ token: tokenOf(link) })
        .catch(codeOf),
    ).toBe('link-spent');
    expect(await states()).toEqual(['used']);
  });

  it('is nothing any more once it is withdrawn, or its time is over', async () => {
    const one = await make();
    const id = { reconnectLinkId: one.reconnectLink.id };
    expect((await team.client.reconnectLinks.withdraw({ ...place(), ...id })).state).toBe('withdrawn');
    expect((await team.client.reconnectLinks.withdraw({ ...place(), ...id })).state).toBe('withdrawn');
    expect(await use(one.link)).toBe('link-spent');
    const two = await make({ days: 1 });
    await server.house.db.inWorkspace(team.workspaceId, (tx) =>
      sql`UPDATE reconnect_link SET expires_at = expires_at - interval '1 day' WHERE id = ${two.reconnectLink.id}`.execute(
        tx,
      ),
    );
    expect(await use(two.link)).toBe('link-spent');
    expect(await states()).toEqual(['expired', 'withdrawn']);
    expect(await use('http://x.example/reconnect#nobodys-token-nobodys-token')).toBe('not-found');
  });

  it('takes no other account, says which one it is for, and can be used afterwards', async () => {
    await lose();
    const other = await practice.openAccount(`other-${names}`);
    const { link } = await make();
    const before = await read();
    const refusal = await somebody()
      .use({ token: tokenOf(link), values: signIn(other) })
      .catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'reconnect-other-account' });
    expect((refusal as Error).message).toContain(bakery.handle);
    expect(await read()).toEqual(before);
    expect(await stateOf()).toBe('credential-rejected');
    expect(await use(link, { ...signIn(bakery), password: 'quite wrong' })).toBe('connect-refused');
    expect(await use(link)).toMatchObject({ handle: bakery.handle });
  });

  it('asks the server of the account, whatever server is entered', async () => {
    const stranger = await startPractice();
    try {
      const { link } = await make();
      await use(link, { ...signIn(bakery), server: stranger.url });
      expect(await stateOf()).toBe('connected');
      expect(await read()).toMatchObject({ server: practice.url });
    } finally {
      await stranger.stop();
    }
  });

  it('is worth what its maker may do', async () => {
    const manager = await makeMember(server, team.workspaceId, 'manager');
    const { link } = await manager.client.reconnectLinks.create(place());
    await team.client.members.changeRole({
      workspaceId: team.workspaceId,
      personId: manager.person.id,
      role: 'editor',
    });
    expect(await use(link)).toBe('link-spent');
    expect(await manager.client.reconnectLinks.create(place()).catch(codeOf)).toBe('not-allowed');
  });

  it('ends when a member connects, disconnects or archives the channel', async () => {
    const { link } = await make();
    await team.client.channels.connect({ ...place(), values: { server: practice.url, ...signIn(bakery) } });
    expect(await use(link)).toBe('link-spent');
    const another = await make();
    await team.client.channels.disconnect(place());
    expect(await use(another.link)).toBe('link-spent');
    const refusal = await make().catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'input-invalid' });
    expect(JSON.stringify(refusal)).toContain('channel-not-connected-now');
    expect(await stateOf()).toBe('not-connected');
  });

  it('is nothing any more once the channel has no account, or another one, however that came about', async () => {
    const { db } = server.house;
    const { link } = await make();
    await db.inWorkspace(team.workspaceId, (tx) =>
      sql`UPDATE connection SET remote_id = 'another' WHERE channel_id = ${channelId}`.execute(tx),
    );
    expect(await use(link)).toBe('link-spent');
    // As a link does that was made at the moment in which a member disconnected.
    await db.inWorkspace(team.workspaceId, (tx) =>
      sql`DELETE FROM connection WHERE channel_id = ${channelId}`.execute(tx),
    );
    expect(await use(link)).toBe('link-spent');
    expect(await stateOf()).toBe('not-connected');
  });

  it('is used while the channel is archived, and neither waits for the other for ever', async () => {
    const { reconnectLink } = await make();
    const archive: Promise<unknown>[] = [];
    await server.house.db.inWorkspace(team.workspaceId, async (tx) => {
      await sql`SELECT FROM reconnect_link WHERE id = ${reconnectLink.id} FOR UPDATE`.execute(tx);
      archive.push(team.client.channels.archive(place()).then(() => 'archived', codeOf));
      await new Promise((resolve) => setTimeout(resolve, 300));
      // As using the link does next.
      await sql`UPDATE connection SET worked_at = clock.now() WHERE channel_id = ${channelId}`.execute(tx);
      await sql`UPDATE channel SET revision = revision + 1 WHERE id = ${channelId}`.execute(tx);
    });
    expect(await Promise.all(archive)).toEqual(['archived']);
  });

  it('is made, seen and withdrawn in its own workspace alone', async () => {
    const { reconnectLink } = await make();
    const stranger = await makeTeam(server);
    const theirs = stranger.client.reconnectLinks;
    expect(await theirs.create(place()).catch(codeOf)).toBe('not-found');
    expect(await theirs.list({ ...place(), workspaceId: stranger.workspaceId }).catch(codeOf)).toBe('not-found');
    const withdraw = { channelId, reconnectLinkId: reconnectLink.id, workspaceId: stranger.workspaceId };
    expect(await theirs.withdraw(withdraw).catch(codeOf)).toBe('not-found');
    expect(await states()).toEqual(['open']);
  });

  it('is kept as a hash, and neither it nor a password stands in the log', async () => {
    const { link } = await make();
    await use(link, { ...signIn(bakery), password: 'not-the-password-4711' });
    const { rows } = await server.house.db.inWorkspace(team.workspaceId, (tx) =>
      sql<{ token_hash: string }>`SELECT token_hash FROM reconnect_link`.execute(tx),
    );
    expect(rows.map((row) => row.token_hash)).toEqual([createHash('sha256').update(tokenOf(link)).digest('hex')]);
    const logged = server.logged.join('\n');
    for (const secret of [tokenOf(link), 'not-the-password-4711', bakery.password])
      expect(logged).not.toContain(secret);
  });

  it('is not tried without end', async () => {
    const { link } = await make();
    const token = tokenOf(link);
    const outcomes = [];
    for (let tries = 0; tries < 22; tries += 1) {
      outcomes.push(await use(link, { ...signIn(bakery), password: `guess ${tries}` }));
    }
    expect(outcomes.at(0)).toBe('connect-refused');
    expect(outcomes.at(-1)).toBe('too-many-attempts');
    const one = somebody();
    const looks = [];
    for (let tries = 0; tries < 62; tries += 1) looks.push(await one.look({ token }).then(() => 'seen', codeOf));
    expect(looks.at(0)).toBe('seen');
    expect(looks.at(-1)).toBe('too-many-attempts');
  });
});

/** The connection as it is kept. */
const read = () =>
  server.house.db.inWorkspace(team.workspaceId, async (tx) => {
    const { rows } =
      await sql`SELECT remote_id, server, credential, generation FROM connection WHERE channel_id = ${channelId}`.execute(
        tx,
      );
    return rows[0];
  });
