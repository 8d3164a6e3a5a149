import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';
import type { LimitKey } from './limit-place.rules.ts';

type Sql = ReturnType<typeof sql>;

/**
 * Rows that were written so far ahead are from before the database's clock was set back: what they say of time counts for
 * nothing. Below it they are another transaction's that began a little later.
 */
const AHEAD = sql`interval '5 seconds'`;
/** Whether a bucket is closed now. */
const isShut = sql`(b.closed_until > clock.now() AND b.reckoned_at <= clock.now() + ${AHEAD})`;

/** A bucket's row. */
export interface BucketRow extends LimitKey {
  tokens: number;
  elapsedMs: number;
  isClosed: boolean;
  servedLast: string | null;
}

/** Keys as a table `k`, in the one order in which buckets are locked. */
const listed = (keys: readonly LimitKey[]): Sql => sql`(SELECT * FROM unnest(${keys.map((k) => k.network)}::text[],
    ${keys.map((k) => k.scope)}::text[], ${keys.map((k) => k.subject)}::text[], ${keys.map((k) => k.operation)}::text[],
    ${keys.map((k) => k.perMs)}::bigint[]) AS given (network, scope, subject, operation, per_ms)) k`;
const filled = (keys: readonly (LimitKey & { tokens: number })[]): Sql => sql`(SELECT * FROM unnest(
    ${keys.map((k) => k.network)}::text[], ${keys.map((k) => k.scope)}::text[], ${keys.map((k) => k.subject)}::text[],
    ${keys.map((k) => k.operation)}::text[], ${keys.map((k) => k.perMs)}::bigint[], ${keys.map((k) => k.tokens)}::float8[])
    AS given (network, scope, subject, operation, per_ms, tokens)) k`;
const order = sql`k.network, k.scope, k.subject, k.operation, k.per_ms`;
const sameKey = sql`b.network = k.network AND b.scope = k.scope AND b.subject = k.subject AND b.operation = k.operation
  AND b.per_ms = k.per_ms`;

/** The buckets with these keys, locked until the transaction ends; those that are not there yet begin with `tokens`. */
export async function lockBuckets(tx: Tx, keys: readonly (LimitKey & { tokens: number })[]): Promise<BucketRow[]> {
  await sql`INSERT INTO limit_bucket (network, scope, subject, operation, per_ms, tokens)
    SELECT k.network, k.scope, k.subject, k.operation, k.per_ms, k.tokens FROM ${filled(keys)}
    WHERE NOT EXISTS (SELECT 1 FROM limit_bucket b WHERE ${sameKey}) ORDER BY ${order} ON CONFLICT DO NOTHING`.execute(
    tx,
  );
  const { rows } =
    await sql<BucketRow>`SELECT b.network, b.scope, b.subject, b.operation, b.per_ms AS "perMs", b.tokens,
      (extract(epoch FROM clock.now() - b.reckoned_at) * 1000)::float8 AS "elapsedMs", b.served_last AS "servedLast",
      coalesce(${isShut}, false) AS "isClosed"
    FROM ${listed(keys)} JOIN limit_bucket b ON ${sameKey} ORDER BY ${order} FOR UPDATE OF b`.execute(tx);
  return rows;
}

/** Locks the buckets with these keys that are there, in the one order: whoever writes several of them does this first. */
export async function lockKeys(tx: Tx, keys: readonly LimitKey[]): Promise<void> {
  await sql`SELECT 1 FROM ${listed(keys)} JOIN limit_bucket b ON ${sameKey} ORDER BY ${order} FOR UPDATE OF b`.execute(
    tx,
  );
}

/** A key as one word. */
export const nameOf = ({ network, scope, subject, operation, perMs }: LimitKey): string =>
  `${network} ${scope} ${subject} ${operation} ${perMs}`;

/** Writes what is in buckets now; `closedForMs` null opens them. They must be locked. */
export async function writeBuckets(
  tx: Tx,
  buckets: readonly (LimitKey & { tokens: number; servedLast: string | null; closedForMs: number | null })[],
): Promise<void> {
  if (buckets.length === 0) return;
  await sql`UPDATE limit_bucket b SET tokens = k.tokens, served_last = k.served,
      reckoned_at = CASE WHEN b.reckoned_at <= clock.now() + ${AHEAD} THEN greatest(b.reckoned_at, clock.now()) ELSE clock.now() END,
      closed_until = clock.now() + make_interval(secs => k.closed / 1000)
    FROM (SELECT * FROM unnest(${buckets.map((k) => k.network)}::text[], ${buckets.map((k) => k.scope)}::text[],
        ${buckets.map((k) => k.subject)}::text[], ${buckets.map((k) => k.operation)}::text[], ${buckets.map((k) => k.perMs)}::bigint[],
        ${buckets.map((k) => k.tokens)}::float8[], ${buckets.map((k) => k.servedLast)}::uuid[],
        ${buckets.map((k) => k.closedForMs)}::float8[])
      AS given (network, scope, subject, operation, per_ms, tokens, served, closed)) k
    WHERE ${sameKey}`.execute(tx);
}

/** Puts tokens back that were taken for nothing. What is more than a bucket holds runs over when it is next asked. */
export async function returnTokens(tx: Tx, returned: readonly (LimitKey & { tokens: number })[]): Promise<void> {
  if (returned.length === 0) return;
  await lockKeys(tx, returned);
  await sql`UPDATE limit_bucket b SET tokens = b.tokens + k.tokens
    FROM (SELECT network, scope, subject, operation, per_ms, sum(tokens) AS tokens FROM ${filled(returned)}
      GROUP BY network, scope, subject, operation, per_ms) k
    WHERE ${sameKey}`.execute(tx);
}

/**
 * Begins nothing of a scope for so long, by the database's clock; a longer wait that stands is not shortened. Returns
 * when it ends.
 */
export async function closeScope(
  tx: Tx,
  { network, scope, subject, operation, perMs }: LimitKey,
  waitMs: number,
): Promise<Date> {
  const { rows } = await sql<{ until: Date }>`INSERT INTO limit_bucket AS b
      (network, scope, subject, operation, per_ms, tokens, reckoned_at, closed_until)
    VALUES (${network}, ${scope}, ${subject}, ${operation}, ${perMs}, 0, clock.now(), clock.now() + make_interval(secs => ${waitMs / 1000}))
    ON CONFLICT (network, scope, subject, operation, per_ms) DO UPDATE
      SET tokens = 0, reckoned_at = excluded.reckoned_at,
        closed_until = CASE WHEN ${isShut} THEN greatest(b.closed_until, excluded.closed_until) ELSE excluded.closed_until END
    RETURNING closed_until AS until`.execute(tx);
  return rows[0]?.until ?? new Date(Date.now() + waitMs);
}

/** Takes the network's word for how little is left: others may call for the same account. */
export async function lowerTokens(
  tx: Tx,
  { network, scope, subject, operation, perMs }: LimitKey,
  remaining: number,
): Promise<void> {
  await sql`UPDATE limit_bucket SET tokens = least(tokens, ${remaining}) WHERE network = ${network} AND scope = ${scope}
    AND subject = ${subject} AND operation = ${operation} AND per_ms = ${perMs}`.execute(tx);
}

const ofPlace = (server: Sql, account: Sql): Sql =>
  sql`CASE b.scope WHEN 'account' THEN ${account} ELSE coalesce(${server}, '') END = b.subject`;

/** Whether nothing may be begun on a channel now: a condition on columns (or values) of the caller's query. */
export const isLimited = (workspaceId: Sql, channelId: Sql, network: Sql): Sql =>
  sql`EXISTS (SELECT 1 FROM limit_bucket b WHERE ${isShut} AND b.network = ${network}
    AND b.operation IN ('any', 'publish') AND EXISTS (SELECT 1 FROM connection c WHERE c.workspace_id = ${workspaceId}
      AND c.channel_id = ${channelId} AND ${ofPlace(sql`c.server`, sql`c.limit_account`)}))`;

/** When the first of the closed scopes opens that publishing may wait for, as a column `at`. */
export const firstOpening: Sql = sql`SELECT min(b.closed_until) AS at FROM limit_bucket b WHERE ${isShut}
  AND b.operation IN ('publish', 'any')`;

/** Until when a network wants no posts of an account, as an expression on the caller's columns; null: it takes them. */
export const waitsUntil = (network: Sql, server: Sql, account: Sql): Sql =>
  sql`(SELECT max(b.closed_until) FROM limit_bucket b WHERE ${isShut} AND b.network = ${network}
    AND b.operation IN ('any', 'publish') AND ${account} IS NOT NULL AND ${ofPlace(server, account)})`;

/** Until when each of these channels waits for its network; channels that do not wait are left out. */
export async function listWaits(
  tx: Tx,
  channelIds: readonly string[],
  operation: 'publish' | 'upload' | 'read' = 'publish',
): Promise<Map<string, Date>> {
  const { rows } = await sql<{ channelId: string; until: Date }>`SELECT c.channel_id AS "channelId",
      max(b.closed_until) AS until
    FROM limit_bucket b JOIN channel h ON h.network = b.network
    JOIN connection c ON c.workspace_id = h.workspace_id AND c.channel_id = h.id AND ${ofPlace(sql`c.server`, sql`c.limit_account`)}
    WHERE ${isShut} AND b.operation IN ('any', ${operation})
      AND c.channel_id = ANY(${[...channelIds]}::uuid[]) GROUP BY c.channel_id`.execute(tx);
  return new Map(rows.map(({ channelId, until }) => [channelId, until]));
}

/** A scope in which nothing is begun for the time being. */
export interface ClosedScope {
  network: string;
  scope: LimitKey['scope'];
  /** The server; null for an account, whose name is nobody's business here. */
  server: string | null;
  operation: LimitKey['operation'];
  until: Date;
  seconds: number;
}

/** What is closed now over the whole installation, the longest first. */
export async function listClosedScopes(tx: Tx): Promise<ClosedScope[]> {
  const { rows } =
    await sql<ClosedScope>`SELECT b.network, b.scope, CASE b.scope WHEN 'account' THEN NULL ELSE b.subject END AS server,
      b.operation, b.closed_until AS until, extract(epoch FROM b.closed_until - clock.now())::float8 AS seconds
    FROM limit_bucket b WHERE ${isShut} ORDER BY b.closed_until DESC LIMIT 1000`.execute(tx);
  return rows;
}

/**
 * Forgets buckets that nobody took of for so long that they are full, and waits that are over. A wait from before the
 * clock was set back is over too: it must not begin again when the time comes at which it was set.
 */
export async function pruneBuckets(tx: Tx): Promise<void> {
  await sql`UPDATE limit_bucket b SET closed_until = NULL, reckoned_at = clock.now()
    FROM (SELECT network, scope, subject, operation, per_ms FROM limit_bucket
      WHERE reckoned_at > clock.now() + ${AHEAD} FOR UPDATE SKIP LOCKED) k
    WHERE ${sameKey}`.execute(tx);
  await sql`DELETE FROM limit_bucket b USING (SELECT network, scope, subject, operation, per_ms FROM limit_bucket
      WHERE (closed_until IS NULL OR closed_until < clock.now())
        AND reckoned_at < clock.now() - make_interval(secs => greatest(per_ms, 60000) / 1000.0) FOR UPDATE SKIP LOCKED) k
    WHERE ${sameKey}`.execute(tx);
}
