import type { AccountCall, Connector } from './contract.ts';
import type { Reconcile } from './manifest.ts';

/** How a send of unknown outcome is found again for this account. */
export function reconcileOf({ manifest, publish }: Connector, call: AccountCall): Reconcile {
  const kind = publish.accountKind?.(call);
  return (kind === undefined ? undefined : manifest.reconcileOf?.[kind]) ?? manifest.reconcile;
}
