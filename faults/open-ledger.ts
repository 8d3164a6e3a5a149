import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Json } from '#connectors/kit/contract.ts';
import { openVault } from '#server/entry/open-vault.ts';
import { readConfig } from '#server/platform/config/index.ts';
import { inspectDatabase, migrate } from '#server/platform/db/index.ts';
import { createEgress } from '#server/platform/egress/index.ts';
import { makeInstallation, type Product, type StartedAs } from '../e2e/product.ts';
import type { DatabaseServer } from './database-server.ts';
import type { Accepted, JudgedRow } from './judge.ts';
import type { NetworkAccount } from './network-account.ts';
import { watchOutcomes } from './watch-outcomes.ts';

/** A Goalpost on a database of its own: channels, a plan, and workers that are started and ended at will. */
export interface Ledger {
  server: DatabaseServer;
  database: string;
  workspaceId: string;
  /** Every part that was scheduled: id and words. */
  planned: ReadonlyMap<string, string>;
  /** Connects a channel to each account; again for one that was connected before. */
  connect(accounts: readonly NetworkAccount[]): Promise<void>;
  /** Enters posts on the channels of these accounts in turn, evenly over a time that begins after `inMs`. */
  schedule(accounts: readonly NetworkAccount[], plan: Plan): Promise<void>;
  /** Starts a worker process. */
  startWorker(settings?: Record<string, string>, as?: StartedAs): Promise<Product>;
  /** A statement as one who may do everything; the rows. */
  ask<T extends pg.QueryResultRow>(statement: string, values?: unknown[]): Promise<T[]>;
  /** Waits until some part of it is so, as SQL says it of a `delivery`. False when time was over first. */
  untilSome(condition: string, withinMs: number): Promise<boolean>;
  /** Waits until nothing moves by itself any more. False when time was over first. */
  untilAtRest(withinMs: number): Promise<boolean>;
  readRows(): Promise<JudgedRow[]>;
  readAccepted(): Promise<Accepted[]>;
  /** What its workers have printed that nobody may read: keys, passwords, tokens. */
  findLeaks(): string[];
  /** The rest of what happens to it happens on another server: on a copy of this one. */
  moveTo(server: DatabaseServer): Promise<void>;
  /** Kills its workers and lets go of the database. */
  close(): Promise<void>;
}

export interface Plan {
  /** What the texts begin with; each is once only. */
  label: string;
  /** Deliveries over all channels. */
  count: number;
  inMs?: number;
  overMs?: number;
  /** Parts of each, a thread. */
  parts?: number;
}

export interface LedgerOptions {
  database: string;
  /** The program of an earlier version, which prepares the database as it wants it. */
  program?: string;
}

/** Many are started beside each other. */
const START_WITHIN_MS = 240_000;

/** Makes the database, migrates it as a start would, and opens it. */
export async function openLedger(server: DatabaseServer, { database, program }: LedgerOptions): Promise<Ledger> {
  const key = randomBytes(32).toString('base64');
  const installation = await makeInstallation();
  await makeDatabase(server, database);
  const config = readConfig({ GOALPOST_DATA_DIR: installation.dataDir, GOALPOST_KEY: key });
  const ownerUrl = server.ownerUrl(database);
  if (program) {
    const earlier = await installation.start(
      { ROLES: 'worker', DATABASE_URL: ownerUrl, KEY: key },
      { program, withinMs: START_WITHIN_MS },
    );
    await earlier.stop();
  }
  const contents = await inspectDatabase(ownerUrl);
  const vault = await openVault({ config, contents, ownerUrl, say: () => undefined });
  const appPassword = Buffer.from(vault.derive('database login of the app')).toString('hex');
  if (!program) await migrate({ ownerUrl, appPassword });
  let at = server;
  let pool = openPool(server.adminUrl(database));
  const egress = createEgress({ allowedRanges: ['127.0.0.0/8', '::1/128'] });
  const workspaceId = randomUUID();
  const planned = new Map<string, string>();
  const channels = new Map<NetworkAccount, string>();
  const workers = new Set<Product>();
  const ask = async <T extends pg.QueryResultRow>(statement: string, values: unknown[] = []): Promise<T[]> =>
    (await pool.query<T>(statement, values)).rows;
  await ask(`INSERT INTO workspace (id, name, language, zone) VALUES ($1, 'Bakery', 'en', 'UTC')`, [workspaceId]);
  await watchOutcomes(ask);

  const untilCount = async (condition: string, isEnough: (count: number) => boolean, withinMs: number) => {
    const end = performance.now() + withinMs;
    for (;;) {
      const rows = await ask<{ count: number }>(`SELECT count(*)::int AS count FROM delivery WHERE ${condition}`).catch(
        () => [],
      );
      if (rows[0] && isEnough(rows[0].count)) return true;
      if (performance.now() > end) return false;
      await sleep(250);
    }
  };

  return {
    server,
    database,
    workspaceId,
    planned,
    ask,
    async connect(accounts) {
      for (const account of accounts) {
        const { connector, handle, values } = account;
        if (connector.auth.kind !== 'form') throw new Error(`${handle} is not connected by a form`);
        const call = {
          http: egress.http,
          log: { debug: () => undefined, warn: () => undefined },
          now: new Date(),
          signal: AbortSignal.timeout(30_000),
        };
        const connected = await connector.auth.connect(call, values);
        if (!connected.ok) throw new Error(`${handle}: ${JSON.stringify(connected.fault)}`);
        const channelId = channels.get(account) ?? randomUUID();
        const { account: theirs, credential, expiresAt } = connected.value;
        const sealed = vault.seal(JSON.stringify(credential satisfies Json), {
          workspaceId,
          table: 'connection',
          column: 'credential',
          rowId: channelId,
        });
        if (!channels.has(account)) {
          await ask('INSERT INTO channel (workspace_id, id, network, name) VALUES ($1, $2, $3, $4)', [
            workspaceId,
            channelId,
            connector.manifest.id,
            handle,
          ]);
        }
        channels.set(account, channelId);
        await ask(
          `INSERT INTO connection (workspace_id, channel_id, remote_id, handle, name, address, server, credential, state, expires_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'connected', $9)
           ON CONFLICT (workspace_id, channel_id) DO UPDATE SET credential = excluded.credential, state = 'connected',
             missing = NULL, generation = connection.generation + 1, expires_at = excluded.expires_at, refused_at = NULL,
             renewal_failed_since = NULL, renewal_failures = 0`,
          [
            workspaceId,
            channelId,
            theirs.remoteId,
            theirs.handle,
            theirs.name,
            theirs.address,
            theirs.server,
            sealed,
            expiresAt,
          ],
        );
      }
    },
    async schedule(accounts, plan) {
      const made = shapePlan(accounts, plan, channels);
      for (const { id, text } of made) planned.set(id, text);
      await ask(enterPlan, [workspaceId, JSON.stringify(made)]);
    },
    async startWorker(settings = {}, as = {}) {
      const worker = await installation.start(
        { ROLES: 'worker', DATABASE_URL: at.ownerUrl(database), KEY: key, ...settings },
        { withinMs: START_WITHIN_MS, ...as },
      );
      workers.add(worker);
      return worker;
    },
    untilSome: (condition, withinMs) => untilCount(condition, (count) => count > 0, withinMs),
    untilAtRest: (withinMs) => untilCount(isMoving, (count) => count === 0, withinMs),
    readRows: () =>
      ask<JudgedRow>(
        `SELECT d.id, d.state, d.held_reason AS "heldReason", d.fault->>'kind' AS fault, d.remote_id AS "remoteId",
           d.told_at IS NOT NULL AS told, d.due_at AS "dueAt", p.content->'parts'->d.position->>'text' AS text,
           EXISTS (SELECT FROM faults.unconfirmed u WHERE u.id = d.id) AS "everUnconfirmed"
         FROM delivery d JOIN post p ON p.workspace_id = d.workspace_id AND p.id = d.post_id`,
      ),
    readAccepted: async () => (await Promise.all([...channels.keys()].map((account) => account.accepted()))).flat(),
    findLeaks() {
      const printed = [...workers].map((worker) => worker.output()).join('\n');
      const tokens = printed.match(/\bp[ar]_[\w-]{8,}|\beyJ[\w-]{20,}/g) ?? [];
      const passwords = [key, appPassword].filter((secret) => printed.includes(secret));
      return [...new Set([...tokens, ...passwords])].map((secret) => `${secret.slice(0, 6)}…`);
    },
    async moveTo(next) {
      const before = pool;
      at = next;
      pool = openPool(next.adminUrl(database));
      await before.end().catch(() => undefined);
    },
    async close() {
      await Promise.all([...workers].map((worker) => worker.kill()));
      await pool.end().catch(() => undefined);
      await egress.close();
      installation.remove();
    },
  };
}

async function makeDatabase(server: DatabaseServer, database: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.adminUrl('postgres') });
  await client.connect();
  const owner = pg.escapeIdentifier(new URL(server.ownerUrl(database)).username);
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(database)} OWNER ${owner}`);
  await client.end();
}

function openPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 3, connectionTimeoutMillis: 10_000 });
  // The server is ended under it on purpose.
  pool.on('error', () => undefined);
  return pool;
}

/** What will still change by itself. */
const isMoving = `state IN ('scheduled', 'claimed', 'armed', 'processing') OR (state = 'unconfirmed' AND told_at IS NULL)`;

interface PlannedPart {
  id: string;
  group: string;
  post: string;
  variant: string;
  position: number;
  channel: string;
  network: string;
  seed: string;
  text: string;
  inMs: number;
}

function shapePlan(
  accounts: readonly NetworkAccount[],
  { label, count, inMs = 0, overMs = 0, parts = 1 }: Plan,
  channels: ReadonlyMap<NetworkAccount, string>,
): PlannedPart[] {
  return Array.from({ length: count }, (_, n) => {
    const account = accounts[n % accounts.length];
    const channel = account && channels.get(account);
    if (!account || !channel) throw new Error('there is no channel to schedule on');
    const group = randomUUID();
    const place = { group, post: randomUUID(), variant: randomUUID(), channel, network: account.connector.manifest.id };
    const at = Math.round(inMs + (overMs * n) / count);
    return Array.from({ length: parts }, (__, position) => ({
      ...place,
      // A delivery has the id of its first part.
      id: position === 0 ? group : randomUUID(),
      position,
      seed: randomBytes(16).toString('hex'),
      text: `${label} ${n}${parts > 1 ? ` part ${position}` : ''}`,
      inMs: at,
    }));
  }).flat();
}

/** As scheduling enters them, all in one statement: $1 the workspace, $2 the parts. */
const enterPlan = `WITH given AS MATERIALIZED (
    SELECT g.*, clock.now() + make_interval(secs => g."inMs" / 1000.0) AS at FROM jsonb_to_recordset($2::jsonb)
      AS g (id uuid, "group" uuid, post uuid, variant uuid, position int, channel uuid, network text, seed text, text text, "inMs" float)),
  posts AS (INSERT INTO post (workspace_id, id, content, language, author_id)
    SELECT $1::uuid, post, jsonb_build_object('parts',
      jsonb_agg(jsonb_build_object('text', text, 'media', '[]'::jsonb, 'link', NULL) ORDER BY position)), 'en', 'faults'
    FROM given GROUP BY post),
  variants AS (INSERT INTO variant (workspace_id, id, post_id, channel_id)
    SELECT $1::uuid, variant, post, channel FROM given WHERE position = 0),
  entered AS (INSERT INTO delivery (workspace_id, id, group_id, position, post_id, variant_id, channel_id, network, state, due_at,
      zone, local_due, not_before, waits, seed)
    SELECT $1::uuid, id, "group", position, post, variant, channel, network, 'scheduled', at, 'UTC',
      to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI'), at, position > 0, seed FROM given)
  SELECT pg_notify('delivery', '')`;
