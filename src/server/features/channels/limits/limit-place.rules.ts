import type { CallLimit, LimitedOperation, LimitScope, Manifest } from '#connectors/kit/manifest.ts';
import type { Budget } from '#connectors/kit/rules/index.ts';

/** An account, as far as limits are concerned. */
export interface LimitPlace {
  network: string;
  /** Name of the server, or '' where a network has but one. */
  server: string;
  /** As `connection.limit_account`. */
  account: string;
}

/** Names one bucket, or with `perMs` 0 the network's own word that it wants no calls. */
export interface LimitKey {
  network: string;
  scope: LimitScope;
  subject: string;
  operation: LimitedOperation;
  perMs: number;
}

/**
 * Whose limit it is. An app's is kept for each server by itself: on a network of many servers each knows another app of
 * ours, and one of them must not be able to stop the others.
 */
export const keyOf = (
  { network, server, account }: LimitPlace,
  { scope, operation, perMs }: Pick<LimitKey, 'scope' | 'operation' | 'perMs'>,
): LimitKey => ({ network, scope, subject: scope === 'account' ? account : server, operation, perMs });

/** The limits that a call of this kind comes under, those that many share first. */
export function limitsOf(
  manifest: Pick<Manifest, 'limits'>,
  place: Pick<LimitPlace, 'server'>,
  operation: Exclude<LimitedOperation, 'any'>,
): CallLimit[] {
  const found = (manifest.limits ?? []).filter(
    (limit) => (limit.operation === operation || limit.operation === 'any') && isAt(limit, place.server),
  );
  return found.sort((a, b) => order.indexOf(a.scope) - order.indexOf(b.scope));
}

const order: readonly LimitScope[] = ['app', 'server', 'account'];

function isAt({ hosts }: CallLimit, server: string): boolean {
  if (!hosts) return true;
  const host = URL.canParse(server) ? new URL(server).hostname : server;
  return hosts.some((it) => host === it || host.endsWith(`.${it}`));
}

/** Which limit an answer spoke of: the one whose time fits, else one of the account for calls of this kind. */
export function placeBudget(
  limits: readonly CallLimit[],
  budget: Budget,
  operation: Exclude<LimitedOperation, 'any'>,
): { scope: LimitScope; operation: LimitedOperation; perMs: number } {
  const known = limits.find(
    (limit) => limit.perMs === budget.perMs && (budget.scope === null || limit.scope === budget.scope),
  );
  if (known) return { scope: known.scope, operation: known.operation, perMs: known.perMs };
  // Whose scope says so itself counts all calls: the form knows no kinds of them.
  return { scope: budget.scope ?? 'account', operation: budget.scope === null ? operation : 'any', perMs: 0 };
}
