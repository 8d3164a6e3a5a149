import { type Fault, type SendFault, said } from './faults.ts';
import type { HttpFailure } from './http.ts';

/** An exchange that did not complete, while nothing public was being written. */
export function readFailure(failure: HttpFailure): Fault {
  const words = said(`${failure.kind}: ${failure.detail}`);
  // An address that may not be called stays one: trying again later is no use.
  if (failure.kind === 'refused-by-house') return { kind: 'contract-broken', path: 'server address', said: words };
  return { kind: 'temporarily-down', said: words };
}

/**
 * Whether an answer says 401 or 403 without naming an error as the network does: a page of whatever stands before it (a
 * proxy, a firewall), which knows nothing of the account. Whether the network got the request is not known then.
 */
export const isOthersPage = (status: number, error: string): boolean =>
  (status === 401 || status === 403) && error === '';

/**
 * A refusal to renew. It is the network's last word only where it names an error that the connector knows: a page of
 * whatever stands before the network, with the same status, says nothing about the account.
 */
export function asRenewalFault(fault: Fault, isKnown: boolean): Fault {
  const isFinal = fault.kind === 'credential-rejected' || fault.kind === 'permission-missing';
  return isFinal && !isKnown ? { kind: 'temporarily-down', said: fault.said } : fault;
}

/** An exchange that did not complete, of the call that publishes. */
export function readSendFailure(failure: HttpFailure): SendFault {
  const kind = failure.reached === 'no' ? 'temporarily-down' : 'outcome-unknown';
  return { kind, reached: failure.reached, said: said(`${failure.kind}: ${failure.detail}`) };
}
