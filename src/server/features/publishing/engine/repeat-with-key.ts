import type { AccountCall, Connector, Found, Prepared } from '#connectors/kit/contract.ts';
import { type Fault, fail, type Outcome, ok } from '#connectors/kit/faults.ts';

/** Clocks differ, and a send takes its time: so long before its key ends nothing is repeated any more. */
const MARGIN_MS = 60_000;

/**
 * Makes a send of unknown outcome once more under its key, which the network answers with the post that is there, or
 * makes now. Only while the network keeps the key for certain: `keyEndsInMs` is counted from the first send of all. What
 * a refusal of the repeat says of the first send is nothing, so it leaves the outcome open.
 */
export async function repeatWithKey(
  { publish }: Connector,
  call: AccountCall,
  { prepared, keyEndsInMs }: { prepared: Prepared; keyEndsInMs: number },
): Promise<Outcome<Found, Fault>> {
  const startedAt = performance.now();
  const isOver = () => performance.now() - startedAt > keyEndsInMs - MARGIN_MS;
  if (prepared.key === null || isOver()) return ok(open);
  const outcome = await publish.send(call, prepared, {
    beforeWrite() {
      if (isOver()) throw new Error('the network may have forgotten the key');
    },
  });
  if (outcome.ok) return ok({ found: true, sent: outcome.value });
  // These are about us and our calls: they are acted on, and the repeat comes later.
  const isOurs = ['credential-rejected', 'permission-missing', 'rate-limited'].includes(outcome.fault.kind);
  return isOurs && outcome.fault.reached === 'no' ? fail(outcome.fault) : ok(open);
}

const open: Found = { found: false, conclusive: false };
