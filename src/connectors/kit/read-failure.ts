import { type Fault, type SendFault, said } from './faults.ts';
import type { HttpFailure } from './http.ts';

/** An exchange that did not complete, while nothing public was being written. */
export function readFailure(failure: HttpFailure): Fault {
  const words = said(`${failure.kind}: ${failure.detail}`);
  // An address that may not be called stays one: trying again later is no use.
  if (failure.kind === 'refused-by-house') return { kind: 'contract-broken', path: 'server address', said: words };
  return { kind: 'temporarily-down', said: words };
}

/** An exchange that did not complete, of the call that publishes. */
export function readSendFailure(failure: HttpFailure): SendFault {
  const kind = failure.reached === 'no' ? 'temporarily-down' : 'outcome-unknown';
  return { kind, reached: failure.reached, said: said(`${failure.kind}: ${failure.detail}`) };
}
