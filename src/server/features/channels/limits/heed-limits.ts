import type { Fault } from '#connectors/kit/faults.ts';
import type { Http, HttpRequest } from '#connectors/kit/http.ts';
import type { Manifest } from '#connectors/kit/manifest.ts';
import { type Budget, LONGEST_WAIT_MS, readBudgets } from '#connectors/kit/rules/index.ts';
import type { Context } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { tellChanges } from '#server/platform/live/index.ts';
import { closeScope, lockKeys, lowerTokens } from './bucket-store.ts';
import { keyOf, type LimitPlace, limitsOf, placeBudget } from './limit-place.rules.ts';

/** What the answers of one call on behalf of an account said of limits. */
export interface ToldBudget {
  budget: Budget;
  operation: 'publish' | 'upload' | 'read';
}

/** A way out that notes what answers say of limits, in the forms that the network's manifest names. */
export function watchBudgets(http: Http, { budgetHeaders }: Manifest, told: ToldBudget[]): Http {
  if (!budgetHeaders) return http;
  return {
    async request(request) {
      const exchange = await http.request(request);
      if (exchange.ok) {
        const budgets = readBudgets(exchange.response.headers, budgetHeaders, new Date());
        told.push(...budgets.map((budget) => ({ budget, operation: operationOf(request) })));
      }
      return exchange;
    },
  };
}

const operationOf = ({ method, bytes }: HttpRequest): ToldBudget['operation'] =>
  method === 'GET' ? 'read' : bytes ? 'upload' : 'publish';

/** Below this share of a limit the network's own count is taken for ours: somebody else may be calling too. */
const LITTLE = 0.2;
/** How long nothing is begun when the network does not say how long; a day's limit is asked about each hour. */
const USUAL_WAIT_MS = { call: 60_000, app: 60_000, day: 60 * 60_000 };
const LEAST_WAIT_MS = 1_000;

export interface Heeding {
  place: LimitPlace;
  manifest: Manifest;
  /** What the call was made for. */
  operation: 'publish' | 'read';
  told: readonly ToldBudget[];
  /** What the call came to, when it failed. */
  fault: Fault | null;
  /** The clock by which the fault's time is meant. */
  now: Date;
  workspaceId: string;
  channelId: string;
}

/**
 * Holds a whole scope back when a network said that it takes no more, by a refusal or by a count of nothing left. Returns
 * the fault with the time until which the scope waits, by the database's clock: the network's own may be another.
 */
export async function heedLimits(context: Context, heeding: Heeding): Promise<Fault | null> {
  const { fault, told, workspaceId, channelId } = heeding;
  const isLittle = told.some(({ budget }) => budget.remaining <= LITTLE * (budget.limit ?? 0) || budget.remaining <= 0);
  if (fault?.kind !== 'rate-limited' && !isLittle) return fault;
  try {
    return await context.house.db.inWorkspace(workspaceId, async (tx) => {
      const heeded = await write(tx, heeding);
      await tellChanges(tx, workspaceId, [{ kind: 'channel.limited', ids: { channelId } }]);
      return heeded;
    });
  } catch (error) {
    context.log.warn({ err: error, network: heeding.place.network }, 'a limit was not written down');
    return fault;
  }
}

async function write(tx: Tx, { place, manifest, operation, told, fault, now }: Heeding): Promise<Fault | null> {
  let longestMs: number | null = null;
  const said = told.map(({ budget, operation: of }) => ({
    budget,
    key: keyOf(place, placeBudget(limitsOf(manifest, place, of), budget, of)),
  }));
  await lockKeys(
    tx,
    said.map(({ key }) => key),
  );
  for (const { budget, key } of said) {
    if (budget.remaining <= 0 && budget.waitMs !== 0) {
      const waitMs = budget.waitMs ?? USUAL_WAIT_MS.call;
      await closeScope(tx, key, waitMs);
      longestMs = Math.max(longestMs ?? 0, waitMs);
    } else if (key.perMs > 0 && budget.remaining <= LITTLE * (budget.limit ?? 0)) {
      await lowerTokens(tx, key, budget.remaining);
    }
  }
  if (fault?.kind !== 'rate-limited') return fault;
  const asked = fault.retryAt ? fault.retryAt.getTime() - now.getTime() : longestMs;
  const waitMs = Math.min(LONGEST_WAIT_MS, Math.max(LEAST_WAIT_MS, asked ?? USUAL_WAIT_MS[fault.scope]));
  const scope = fault.scope === 'app' ? 'app' : 'account';
  const key = keyOf(place, { scope, operation: scope === 'app' ? 'any' : operation, perMs: 0 });
  return { ...fault, retryAt: await closeScope(tx, key, waitMs) };
}
