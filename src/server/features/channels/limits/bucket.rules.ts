import type { CallLimit } from '#connectors/kit/manifest.ts';

/** A limit as a bucket of tokens: so many at once, and so many more with each millisecond. */
export interface Bucket {
  burst: number;
  perMs: number;
  /** What one call takes. */
  cost: number;
}

/**
 * The bucket of a limit. Half of the capacity can go at once and the other half comes back over its time, so that
 * however calls fall, no stretch of that length sees more than the capacity. A limit of less than two calls lets one go
 * each time.
 */
export function shapeBucket({ capacity, perMs, cost = 1 }: Pick<CallLimit, 'capacity' | 'perMs' | 'cost'>): Bucket {
  const burst = Math.max(cost, capacity / 2);
  return { burst, perMs: Math.max(cost, capacity - burst) / perMs, cost };
}

/** What is in a bucket after a while. A clock that was set back takes nothing out. */
export const refill = ({ burst, perMs }: Bucket, tokens: number, elapsedMs: number): number =>
  Math.min(burst, tokens + Math.max(0, elapsedMs) * perMs);

/** A bucket as it stands, and who was given the last token of it. */
export interface Level extends Bucket {
  tokens: number;
  servedLast: string | null;
  /** The network closed it: it gives nothing, whatever is in it. */
  isClosed: boolean;
}

/** One call that wants to be made. */
export interface Want {
  id: string;
  workspaceId: string;
  /** The buckets it takes of, by their names. Whoever shares the first one shares it in turns. */
  buckets: readonly string[];
}

/**
 * Gives tokens as far as they go, to a workspace after the other, beginning behind the one that was served last: who
 * wants a thousand keeps nobody waiting who wants one. A call is given all that it needs or nothing. Lowers the levels;
 * returns what was refused, with the buckets that were short.
 */
export function shareTokens(levels: ReadonlyMap<string, Level>, wants: readonly Want[]): Map<string, string[]> {
  const refused = new Map<string, string[]>();
  for (const [shared, sharers] of Map.groupBy(wants, ({ buckets }) => buckets[0] ?? '')) {
    for (const want of takeTurns(sharers, levels.get(shared)?.servedLast ?? null)) {
      const mine = want.buckets.flatMap((name) => {
        const level = levels.get(name);
        return level ? [{ name, level }] : [];
      });
      const short = mine.filter(({ level }) => level.isClosed || level.tokens < level.cost);
      if (short.length > 0)
        refused.set(
          want.id,
          short.map(({ name }) => name),
        );
      else
        for (const { level } of mine) {
          level.tokens -= level.cost;
          level.servedLast = want.workspaceId;
        }
    }
  }
  return refused;
}

/** One of each workspace, then the second of each, in the order of their ids behind `after`. */
function takeTurns(wants: readonly Want[], after: string | null): Want[] {
  const lines = [...Map.groupBy(wants, (want) => want.workspaceId)].sort(([a], [b]) => (a < b ? -1 : 1));
  const begin =
    after === null
      ? 0
      : Math.max(
          0,
          lines.findIndex(([id]) => id > after),
        );
  const inTurn = [...lines.slice(begin), ...lines.slice(0, begin)].map(([, line]) => line);
  const longest = Math.max(0, ...inTurn.map((line) => line.length));
  return Array.from({ length: longest }, (_, turn) => inTurn.flatMap((line) => line[turn] ?? [])).flat();
}

/**
 * How long an empty bucket stays closed, in ms: until there is enough for what waits, but for no more than a twentieth of
 * what it holds. Opening it for each token would claim all that waits each time.
 */
export function emptyForMs({ burst, perMs, cost, tokens }: Level, waiting: number): number {
  const calls = Math.max(1, Math.min(waiting, Math.floor(burst / cost / 20)));
  return Math.max(1, Math.ceil((calls * cost - tokens) / perMs));
}
