import type { Fault, SendFault } from '#connectors/kit/faults.ts';
import type { HoldReason } from '#contract/deliveries.ts';

/** What publishing does about a fault. */
export type Decision =
  | { do: 'hold'; reason: HoldReason }
  | {
      do: 'later';
      notBefore: Date /** Everything else that shares the limit waits as long. */;
      scope: 'delivery' | 'channel' | 'network';
    }
  | { do: 'fail' }
  | { do: 'unconfirmed' }
  | { do: 'processing'; token: string };

export interface DecisionGround {
  now: Date;
  dueAt: Date;
  graceMs: number;
  /** Tries so far, this one included. */
  tries: number;
  /** Between 0 and 1; spreads retries. */
  jitter: number;
}

const FIRST_BACKOFF_MS = 5_000;
const LONGEST_BACKOFF_MS = 5 * 60_000;
const RATE_LIMIT_WAIT_MS = 60_000;
const DAY_LIMIT_WAIT_MS = 60 * 60_000;

/** The one table for faults before *arm*, when nothing can be public yet. */
export function decidePreparing(fault: Fault, ground: DecisionGround): Decision {
  switch (fault.kind) {
    case 'credential-rejected':
      return { do: 'hold', reason: 'connection-broken' };
    case 'permission-missing':
      return { do: 'hold', reason: 'permission-missing' };
    case 'rate-limited':
      return waitFor(fault, ground);
    case 'content-rejected':
    case 'duplicate':
      return { do: 'fail' };
    case 'still-processing':
    case 'temporarily-down':
    case 'outcome-unknown':
      return backOff(ground);
    case 'contract-broken':
      return { do: 'hold', reason: 'contract-broken' };
  }
}

/** The one table for faults of a send. What may have become public is never sent again blindly, whatever its name. */
export function decideSending(fault: SendFault, ground: DecisionGround): Decision {
  if (fault.kind === 'still-processing') return { do: 'processing', token: fault.token };
  if (fault.reached === 'unknown') return { do: 'unconfirmed' };
  if (fault.kind === 'duplicate' || fault.kind === 'outcome-unknown' || fault.kind === 'contract-broken')
    return { do: 'unconfirmed' };
  return decidePreparing(fault, ground);
}

function waitFor(fault: Fault & { kind: 'rate-limited' }, ground: DecisionGround): Decision {
  const fallback = fault.scope === 'day' ? DAY_LIMIT_WAIT_MS : RATE_LIMIT_WAIT_MS;
  const asked = fault.retryAt?.getTime() ?? ground.now.getTime() + fallback;
  const notBefore = new Date(Math.max(asked, ground.now.getTime() + 1_000));
  return { do: 'later', notBefore, scope: fault.scope === 'app' ? 'network' : 'channel' };
}

/** Doubles from 5 s to 5 min, spread by up to a half; past the grace time it is held as late instead. */
function backOff({ now, dueAt, graceMs, tries, jitter }: DecisionGround): Decision {
  const step = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(10, Math.max(0, tries - 1)));
  const notBefore = new Date(now.getTime() + step * (1 + jitter / 2));
  if (notBefore.getTime() > dueAt.getTime() + graceMs) return { do: 'hold', reason: 'late' };
  return { do: 'later', notBefore, scope: 'delivery' };
}
