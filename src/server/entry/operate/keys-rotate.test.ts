import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runPublishingRound } from '#server/features/publishing/index.ts';
import { addNetwork, says } from '#server/features/publishing/testing.ts';
import { readConfig } from '#server/platform/config/index.ts';
import {
  addKey,
  createVault,
  keepDerivationRoot,
  loadKeys,
  parseKey,
  resealAll,
} from '#server/platform/crypto/index.ts';
import { type Database, openDatabase } from '#server/platform/db/index.ts';
import { createFakeNetwork } from '#test/fake-network.ts';
import { makeTeam, type TestTeam } from '#test/makers.ts';
import { useServer } from '#test/server.ts';
import { rotateKeys } from './keys-rotate.ts';

const server = useServer();
/** By the owner's login, as the command has it. */
let db: Database;
const network = createFakeNetwork();
let team: TestTeam;
const channelIds: string[] = [];

beforeAll(async () => {
  db = openDatabase({ appUrl: server.test.ownerUrl, acrossRole: 'none', poolSize: 2 });
  addNetwork(server.house, network.connector);
  await keepDerivationRoot({ ownerUrl: server.test.ownerUrl, keys: await fileKeys(), fresh: true });
  team = await makeTeam(server);
  for (let i = 0; i < 4; i++) {
    const { client, workspaceId } = team;
    const channel = await client.channels.create({ workspaceId, network: 'fake', name: `Shop ${i}` });
    const values = { name: `shop${i}`, secret: `canary-secret-${i}` };
    await client.channels.connect({ workspaceId, channelId: channel.id, values });
    channelIds.push(channel.id);
  }
});
afterAll(() => db?.close());

const path = (): string => {
  const { key } = server.house.config;
  if (key.kind !== 'file') throw new Error('the key stands in no file');
  return key.path;
};
const fileKeys = () => loadKeys({ kind: 'file', path: path() });

async function publishTo(channelId: string, text: string): Promise<string> {
  const { client, workspaceId } = team;
  const draft = await client.posts.create({ workspaceId, content: says(text), variants: [{ channelId }] });
  await client.posts.publishNow({ workspaceId, postId: draft.id, revision: draft.revision });
  return draft.id;
}

async function sealedKeyIds(): Promise<string[]> {
  const { rows } = await db.pool.query<{ id: string }>(`
    SELECT DISTINCT split_part(sealed, '.', 2) AS id FROM (
      SELECT credential AS sealed FROM connection UNION ALL SELECT sealed FROM derivation_root
      UNION ALL SELECT sealed FROM outgoing_mail) all_of_them WHERE sealed IS NOT NULL`);
  return rows.map(({ id }) => id);
}

describe('rotating the key', () => {
  test('loses no publish beside a running server, and leaves nothing that the old key opens', async () => {
    const [old] = await fileKeys();
    if (!old) throw new Error('no key');
    const derived = server.house.vault.derive('session signature');
    await server.house.db.outside((tx) =>
      server.house.mail.post(tx, { to: 'a@b.org', language: 'en', template: 'test', params: {} }),
    );
    let rotating = true;
    const postIds: string[] = [];
    const publishing = (async () => {
      for (let i = 0; rotating || i < 40; i++) {
        postIds.push(await publishTo(channelIds[i % channelIds.length] ?? '', `Bread ${i}`));
        await runPublishingRound(server.house);
      }
    })();
    const rotation = await rotateKeys({ config: server.house.config, db, settleMs: 1_000 });
    rotating = false;
    await publishing;

    expect(rotation).toMatchObject({ unreadable: 0, finished: true });
    expect(rotation.resealed).toBeGreaterThanOrEqual(channelIds.length + 2);
    const { rows } = await db.pool.query('SELECT state, count(*)::int AS n FROM delivery GROUP BY state');
    expect(rows).toEqual([{ state: 'published', n: postIds.length }]);
    expect(network.posts).toHaveLength(postIds.length);
    expect(postIds.length).toBeGreaterThanOrEqual(40);

    const now = await fileKeys();
    expect(now).toHaveLength(1);
    expect(now[0]?.id).not.toBe(old.id);
    expect(await sealedKeyIds()).toEqual([now[0]?.id]);
    const withOld = await resealAll(db, createVault({ keys: [old] }));
    expect(withOld.resealed).toBe(0);
    expect(withOld.unreadable).toBeGreaterThanOrEqual(channelIds.length + 2);
    // Who is signed in stays so, and the app's login keeps its password.
    expect(server.house.vault.derive('session signature')).toEqual(derived);
    await expect(team.client.me.get()).resolves.toMatchObject({});
    await server.settle();
    expect(server.said.join()).toContain('a@b.org');
  }, 120_000);

  test('finishes what a killed rotation began, without a third key', async () => {
    const [old] = await fileKeys();
    // As after a kill in the middle: the new key is in the file, one value is sealed with it, the others are not.
    const [made] = await addKey(path());
    if (!old || !made) throw new Error('no key');
    const both = createVault({ keys: [made, old] });
    const { rows } = await db.pool.query('SELECT workspace_id, channel_id, credential FROM connection LIMIT 1');
    const place = {
      workspaceId: rows[0].workspace_id,
      table: 'connection',
      column: 'credential',
      rowId: rows[0].channel_id,
    };
    await db.pool.query('UPDATE connection SET credential = $1 WHERE channel_id = $2', [
      both.seal(both.open(rows[0].credential, place), place),
      place.rowId,
    ]);
    expect((await sealedKeyIds()).sort()).toEqual([old.id, made.id].sort());
    const rotation = await rotateKeys({ config: server.house.config, db, settleMs: 100 });
    expect(rotation.keyIds).toEqual([made.id, old.id]);
    expect((await fileKeys()).map(({ id }) => id)).toEqual([made.id]);
    expect(await sealedKeyIds()).toEqual([made.id]);
    await publishTo(channelIds[0] ?? '', 'After a kill');
    await runPublishingRound(server.house);
    expect(network.posts.at(-1)?.text).toBe('After a kill');
  });

  test('keeps the old key while a transaction from before is open', async () => {
    const client = await server.house.db.pool.connect();
    await client.query('BEGIN');
    await client.query('SELECT pg_current_xact_id()');
    let finished = false;
    const rotating = rotateKeys({ config: server.house.config, db, settleMs: 50 }).then(() => {
      finished = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(finished).toBe(false);
    expect(await fileKeys()).toHaveLength(2);
    await client.query('ROLLBACK');
    client.release();
    await rotating;
    expect(await fileKeys()).toHaveLength(1);
  });

  test('with keys of the operator’s own: seals with the first one and says what may go', async () => {
    const [file] = await fileKeys();
    if (!file) throw new Error('no key');
    const made = Buffer.alloc(32, 7).toString('base64');
    const config = readConfig({ GOALPOST_KEY: `${made},${Buffer.from(file.bytes).toString('base64')}` });
    const rotation = await rotateKeys({ config, db, settleMs: 50 });
    expect(rotation).toMatchObject({ keyIds: [parseKey(made).id, file.id], unreadable: 0, finished: true });
    expect(await sealedKeyIds()).toEqual([parseKey(made).id]);
    await writeFile(path(), `${made}\n`);
  });

  test('a value that no key opens is counted and left', async () => {
    await copyFile(path(), `${path()}.copy`);
    await db.pool.query(
      `UPDATE connection SET credential = 'v1.00000000.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA'
      WHERE channel_id = $1`,
      [channelIds[3]],
    );
    const rotation = await rotateKeys({ config: server.house.config, db, settleMs: 50 });
    expect(rotation).toMatchObject({ unreadable: 1, finished: true });
    expect(await readFile(`${path()}.copy`, 'utf8')).not.toBe(await readFile(path(), 'utf8'));
  });
});
