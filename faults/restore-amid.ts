import { randomBytes, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findEmbeddedPostgres } from '#server/platform/db/embedded/index.ts';
import { type PracticeServer, startPractice } from '#test/servers/practice/index.ts';
import { type Client, type Installation, makeInstallation, openClient, signUpOwnerIn } from '../e2e/product.ts';
import { makeDesk } from '../e2e/run-command.ts';

export interface RestoreAmidOptions {
  /** How many deliveries come due while all this happens; 1,000 when absent. */
  count?: number;
  /** Channels they are on, half of them of each kind of account; 20 when absent. */
  channels?: number;
  /** A restart and an upgrade before the backup; yes when absent. */
  restarts?: boolean;
  say?: (line: string) => void;
}

/** What became of them, with the network's own ledger as the judge. */
export interface RestoreAmidResult {
  scheduled: number;
  /** Published by Goalpost's word and there by the network's, before a person decided anything. */
  published: number;
  /** Held with the new history as the reason, and not there. */
  held: number;
  duplicates: number;
  /** Neither there nor explained. */
  missed: number;
  unconfirmed: number;
  /** Out after the backup was made, and known again only because the network was read. */
  foundByReading: number;
  /** After a person let the held ones go: posts there, which must be as many as were scheduled. */
  thereAtLast: number;
}

/**
 * Brings deliveries out while everything happens to the installation that an operator does to it: a restart, an upgrade
 * (stop, migrate, start), a backup beside it, and, when it has gone on for a while, its end by force. Then the backup is
 * put back on another place and started there, and a person lets go what is held.
 */
export async function runRestoreAmid(options: RestoreAmidOptions = {}): Promise<RestoreAmidResult> {
  const { count = 1_000, channels = 20, restarts = true, say = () => undefined } = options;
  const undo: (() => unknown)[] = [];
  try {
    const practice = await startPractice();
    undo.push(() => practice.stop());
    const accepted = () => practice.readLedger().filter(({ act }) => act === 'create');
    const before = await makeInstallation();
    undo.push(() => before.remove());
    let product = await before.start();
    undo.push(() => product.kill());
    const { client } = await signUpOwnerIn(before.url);
    const { id: workspaceId } = await client.workspaces.create({ name: 'Bakery', language: 'en', zone: 'UTC' });
    const channelIds = await openChannels({ client, workspaceId, practice, channels });
    // Slow enough that some are due only when the installation is gone.
    const overMs = Math.max(restarts ? 40_000 : 16_000, count * 60);
    const texts = await plan(before, { workspaceId, channelIds, count, overMs });
    say(`${count} deliveries are due within ${Math.round(overMs / 1000)} s`);

    if (restarts) {
      await untilAccepted(accepted, count * 0.1);
      await product.stop();
      say(`restarted after ${accepted().length}`);
      product = await before.start();
      await untilAccepted(accepted, count * 0.2);
      await product.stop();
      await operate(before, ['migrate']);
      say(`upgraded after ${accepted().length}`);
      product = await before.start();
    }

    await untilAccepted(accepted, count * 0.35);
    const file = path.join(tmpdir(), `goalpost-amid-${randomBytes(4).toString('hex')}.tar`);
    undo.push(() => rmSync(file, { force: true }));
    const inBackup = accepted().length;
    await operate(before, ['backup', '--with-key', '--to', file]);
    say(`backed up after ${inBackup}`);
    await untilAccepted(accepted, count * 0.6);
    await product.kill();
    const atEnd = accepted().length;
    say(`killed after ${atEnd}`);

    const after = await makeInstallation();
    undo.push(() => after.remove());
    await operate(after, ['restore', file]);
    const again = await after.start();
    undo.push(() => again.kill());
    const owner = await openOwner(after);
    undo.push(() => owner.end());
    await untilAtRest(owner, practice);
    const found = await read(owner, workspaceId);
    const result = judge({ texts, found, practice });
    say(JSON.stringify(result));
    await letGo(after, { workspaceId, owner });
    await untilAtRest(owner, practice);
    const last = judge({ texts, found: await read(owner, workspaceId), practice });
    return {
      ...result,
      duplicates: last.duplicates,
      missed: result.missed + last.missed + last.held,
      foundByReading: Math.max(0, atEnd - inBackup),
      thereAtLast: new Set(accepted().map(({ text }) => text)).size,
    };
  } finally {
    for (const work of undo.reverse()) await work();
  }
}

/** Channels on accounts of both kinds, connected as a person connects them. */
async function openChannels(options: {
  client: Client;
  workspaceId: string;
  practice: PracticeServer;
  channels: number;
}): Promise<string[]> {
  const { client, workspaceId, practice } = options;
  const ids: string[] = [];
  for (let at = 0; at < options.channels; at += 1) {
    const handle = `shop-${at}`;
    const account = await practice.openAccount(handle, { kind: at % 2 === 0 ? 'keyed' : 'keyless' });
    const { id: channelId } = await client.channels.create({ workspaceId, network: 'practice', name: handle });
    const values = { identifier: handle, password: account.password, server: practice.url };
    await client.channels.connect({ workspaceId, channelId, values });
    ids.push(channelId);
  }
  return ids;
}

/** Enters deliveries as scheduling would, due one after the other; their words. */
async function plan(
  installation: Installation,
  given: { workspaceId: string; channelIds: string[]; count: number; overMs: number },
): Promise<Set<string>> {
  const rows = Array.from({ length: given.count }, (_, n) => ({
    post: randomUUID(),
    variant: randomUUID(),
    delivery: randomUUID(),
    channel: given.channelIds[n % given.channelIds.length],
    seed: randomBytes(16).toString('hex'),
    text: `Fresh bread, number ${n}`,
    inSeconds: 1 + (given.overMs * n) / given.count / 1000,
  }));
  const client = await openOwner(installation);
  try {
    await client.query(
      `WITH given AS MATERIALIZED (SELECT g.*, clock.now() + make_interval(secs => g."inSeconds") AS at
        FROM jsonb_to_recordset($2::jsonb) AS g (post uuid, variant uuid, delivery uuid, channel uuid, seed text, text text, "inSeconds" float)),
      posts AS (INSERT INTO post (workspace_id, id, content, language, author_id) SELECT $1::uuid, post,
        jsonb_build_object('parts', jsonb_build_array(jsonb_build_object('text', text, 'media', '[]'::jsonb, 'link', NULL))), 'en', 'amid' FROM given),
      variants AS (INSERT INTO variant (workspace_id, id, post_id, channel_id) SELECT $1::uuid, variant, post, channel FROM given)
      INSERT INTO delivery (workspace_id, id, group_id, position, post_id, variant_id, channel_id, network, state, due_at, zone, local_due, not_before, seed)
      SELECT $1::uuid, delivery, delivery, 0, post, variant, channel, 'practice', 'scheduled', at, 'UTC', to_char(at, 'YYYY-MM-DD"T"HH24:MI'), at, seed FROM given`,
      [given.workspaceId, JSON.stringify(rows)],
    );
    await client.query(`SELECT pg_notify('delivery', '')`);
  } finally {
    await client.end();
  }
  return new Set(rows.map(({ text }) => text));
}

async function openOwner({ dataDir }: Installation): Promise<pg.Client> {
  const found = await findEmbeddedPostgres(dataDir);
  if (!found) throw new Error(`No database runs in ${dataDir}.`);
  const client = new pg.Client({ connectionString: found.ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** A command of the operator's, as it is typed; fails with what it said. */
async function operate({ dataDir }: Installation, words: readonly string[]): Promise<void> {
  const desk = makeDesk({ GOALPOST_DATA_DIR: dataDir, GOALPOST_LOG_LEVEL: 'warn' });
  try {
    const { code, out, err } = await desk.run(words);
    if (code !== 0) throw new Error(`goalpost ${words.join(' ')} ended with ${code}: ${out}${err}`);
  } finally {
    desk.remove();
  }
}

const untilAccepted = (accepted: () => unknown[], wanted: number) =>
  untilTrue(async () => accepted().length >= wanted, `${wanted} accepted`);

async function untilTrue(ask: () => Promise<boolean>, what: string): Promise<void> {
  const end = performance.now() + 180_000;
  while (!(await ask())) {
    if (performance.now() > end) throw new Error(`Waited in vain for ${what}.`);
    await sleep(100);
  }
}

/** Nothing changes by itself any more: nothing under way, and what is out already has been found. */
async function untilAtRest(owner: pg.Client, practice: PracticeServer): Promise<void> {
  await untilTrue(async () => {
    const { rows } = await owner.query<{ text: string; moves: boolean; held: boolean; there: boolean }>(
      `SELECT p.content->'parts'->0->>'text' AS text, d.state = 'held' AS held,
         d.state IN ('scheduled', 'claimed', 'armed', 'processing') OR (d.state = 'unconfirmed' AND d.told_at IS NULL) AS moves
       FROM delivery d JOIN post p ON p.workspace_id = d.workspace_id AND p.id = d.post_id`,
    );
    const there = new Set(practice.readLedger().map(({ text }) => text));
    return rows.every(({ text, moves, held }) => !moves && !(held && there.has(text)));
  }, 'rest');
}

interface Found {
  id: string;
  text: string;
  state: string;
  reason: string | null;
  remoteId: string | null;
}

async function read(owner: pg.Client, workspaceId: string): Promise<Found[]> {
  const { rows } = await owner.query<Found>(
    `SELECT d.id, p.content->'parts'->0->>'text' AS text, d.state, d.held_reason AS reason, d.remote_id AS "remoteId"
     FROM delivery d JOIN post p ON p.workspace_id = d.workspace_id AND p.id = d.post_id WHERE d.workspace_id = $1`,
    [workspaceId],
  );
  return rows;
}

function judge({ texts, found, practice }: { texts: ReadonlySet<string>; found: Found[]; practice: PracticeServer }) {
  const there = Map.groupBy(
    practice.readLedger().filter(({ act }) => act === 'create'),
    ({ text }) => text,
  );
  const rows = new Map(found.map((row) => [row.text, row]));
  const result = { scheduled: texts.size, published: 0, held: 0, duplicates: 0, missed: 0, unconfirmed: 0 };
  for (const text of texts) {
    const posts = there.get(text) ?? [];
    const row = rows.get(text);
    result.duplicates += Math.max(0, posts.length - 1);
    const isTrue = posts.some(({ post }) => post === row?.remoteId);
    if (row?.state === 'published' && isTrue) result.published += 1;
    else if (row?.state === 'held' && row.reason === 'new-history' && posts.length === 0) result.held += 1;
    else if (row?.state === 'unconfirmed') result.unconfirmed += 1;
    else result.missed += 1;
  }
  return result;
}

/** A person signs in again, looks, and lets go what is held. */
async function letGo(installation: Installation, at: { workspaceId: string; owner: pg.Client }): Promise<void> {
  const response = await fetch(`${installation.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: installation.url },
    body: JSON.stringify({ email: 'mali@bakery.example', password: 'sourdough at seven' }),
  });
  if (!response.ok) throw new Error(`Signing in after the restore failed: ${await response.text()}`);
  const [pair = ''] = (response.headers.getSetCookie()[0] ?? '').split(';');
  const [name = '', value = ''] = pair.split('=');
  const client = openClient(installation.url, { name, value });
  for (const { id, state } of await read(at.owner, at.workspaceId)) {
    if (state !== 'held') continue;
    await untilTrue(async () => {
      const said = await client.deliveries.retry({ workspaceId: at.workspaceId, deliveryId: id }).then(
        () => 'done',
        (error: { code?: string }) => error.code ?? String(error),
      );
      if (said !== 'done' && said !== 'too-many-attempts') throw new Error(`Letting go was refused: ${said}`);
      return said === 'done';
    }, 'letting go');
  }
}

if (import.meta.main) {
  const [count] = process.argv.slice(2).filter((word) => /^\d+$/.test(word));
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const result = await runRestoreAmid({ say, ...(count ? { count: Number(count) } : {}) });
  process.stdout.write(`${JSON.stringify(result)}\n`);
  process.exitCode = result.duplicates + result.missed > 0 ? 1 : 0;
}
