import type { Delivery } from '#contract/deliveries.ts';

/** What a delivery's line says of its fault. */
export type FaultLine = { says: 'waits'; until: string } | { says: 'said'; words: string } | null;

/**
 * Until when the network wants to be left alone, while the delivery waits for that; else the network's own words, where
 * it had any.
 */
export function chooseFaultLine({
  state,
  fault: own,
  parts,
}: Pick<Delivery, 'state' | 'fault'> & { parts: readonly Pick<Delivery, 'fault'>[] }): FaultLine {
  const fault = own ?? parts.find((it) => it.fault)?.fault ?? null;
  if (state === 'scheduled' && fault?.kind === 'rate-limited' && fault.retryAt)
    return { says: 'waits', until: fault.retryAt };
  return fault?.said ? { says: 'said', words: fault.said } : null;
}
