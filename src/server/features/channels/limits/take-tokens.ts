import type { House } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { emptyForMs, type Level, refill, shapeBucket, shareTokens } from './bucket.rules.ts';
import { lockBuckets, nameOf, writeBuckets } from './bucket-store.ts';
import { keyOf, type LimitKey, type LimitPlace, limitsOf } from './limit-place.rules.ts';
import { listPlaces } from './place-store.ts';

/** One call that wants to be made on behalf of a channel's account. */
export interface CallWanted {
  id: string;
  workspaceId: string;
  channelId: string;
  network: string;
}

/** What was taken of one bucket. */
export type TokensTaken = LimitKey & { tokens: number };

export interface Shares {
  /** By the call's id, of those that may be made and come under a limit. */
  taken: Map<string, TokensTaken[]>;
  /** Calls that must wait: a bucket of theirs is empty, and closed until it is not. */
  refused: string[];
}

/**
 * Takes tokens for calls of one kind, for all of them together and fairly between workspaces, in the caller's
 * transaction. Nothing is asked of the database when none of their networks has a limit. Buckets are locked in one
 * order, so that any number of workers may take at once.
 */
export async function takeTokens(
  { connectors }: Pick<House, 'connectors'>,
  tx: Tx,
  operation: 'publish' | 'read',
  calls: readonly CallWanted[],
): Promise<Shares> {
  const shares: Shares = { taken: new Map(), refused: [] };
  const limited = calls.filter(({ network }) => (connectors.get(network)?.manifest.limits?.length ?? 0) > 0);
  if (limited.length === 0) return shares;
  const wanted = shapeWanted({ connectors }, await listPlaces(tx, limited), { operation, calls: limited });
  if (wanted.levels.size === 0) return shares;

  const rows = await lockBuckets(
    tx,
    [...wanted.levels.values()].map(({ key, level }) => ({ ...key, tokens: level.burst })),
  );
  for (const { tokens, elapsedMs, isClosed, servedLast, ...key } of rows) {
    const bucket = wanted.levels.get(nameOf(key));
    if (bucket) Object.assign(bucket.level, { tokens: refill(bucket.level, tokens, elapsedMs), isClosed, servedLast });
  }
  const levels = new Map([...wanted.levels].map(([name, { level }]) => [name, level]));
  const refused = shareTokens(levels, wanted.wants);
  const waiting = new Map<string, number>();
  for (const name of [...refused.values()].flat()) waiting.set(name, (waiting.get(name) ?? 0) + 1);
  const open = [...wanted.levels].filter(([, { level }]) => !level.isClosed);
  await writeBuckets(
    tx,
    open.map(([name, { key, level }]) => {
      const count = waiting.get(name);
      return { ...key, ...level, ...key, closedForMs: count === undefined ? null : emptyForMs(level, count) };
    }),
  );
  for (const { id, buckets } of wanted.wants) {
    if (refused.has(id)) shares.refused.push(id);
    else
      shares.taken.set(
        id,
        buckets.flatMap((name) => asTaken(wanted.levels.get(name))),
      );
  }
  return shares;
}

const asTaken = (bucket: { key: LimitKey; level: Level } | undefined): TokensTaken[] =>
  bucket ? [{ ...bucket.key, tokens: bucket.level.cost }] : [];

/** The buckets that these calls take of, and which call takes of which. Calls without a limit are left out. */
function shapeWanted(
  { connectors }: Pick<House, 'connectors'>,
  places: ReadonlyMap<string, LimitPlace>,
  { operation, calls }: { operation: 'publish' | 'read'; calls: readonly CallWanted[] },
) {
  const levels = new Map<string, { key: LimitKey; level: Level }>();
  const wants = calls.flatMap(({ id, workspaceId, channelId, network }) => {
    const place = places.get(`${workspaceId} ${channelId}`);
    const manifest = connectors.get(network)?.manifest;
    if (!place || !manifest) return [];
    const buckets = limitsOf(manifest, place, operation).map((limit) => {
      const key = keyOf(place, limit);
      const name = nameOf(key);
      const bucket = shapeBucket(limit);
      if (!levels.has(name)) {
        levels.set(name, { key, level: { ...bucket, tokens: bucket.burst, servedLast: null, isClosed: false } });
      }
      return name;
    });
    return buckets.length > 0 ? [{ id, workspaceId, buckets }] : [];
  });
  return { levels, wants };
}
