import type { Fault } from '#connectors/kit/faults.ts';
import type { KeptFault } from './tables.ts';

/** A fault as it is kept on the delivery and shown to a person. */
export const keepFault = (fault: Fault, at: Date): KeptFault => ({
  kind: fault.kind,
  field:
    fault.kind === 'content-rejected' ? fault.field : fault.kind === 'permission-missing' ? fault.permission : null,
  said: fault.said,
  retryAt: fault.kind === 'rate-limited' ? (fault.retryAt?.toISOString() ?? null) : null,
  at: at.toISOString(),
});
