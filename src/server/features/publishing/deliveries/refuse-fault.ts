import type { Fault } from '#connectors/kit/faults.ts';
import { refuse } from '#server/platform/context/index.ts';

/** Says no in our words for what the network said no to; nothing goes on by itself after it. */
export function refuseFault(fault: Fault): never {
  switch (fault.kind) {
    case 'credential-rejected':
      return refuse('channel-disconnected');
    case 'permission-missing':
    case 'duplicate':
      return refuse('network-cannot');
    case 'content-rejected':
      if (fault.field === 'gone') return refuse('delivery-not-in-state', { params: { state: 'published' } });
      return refuse('content-invalid', {
        problems: [{ field: `content.${fault.field}`, code: 'network-refused-field', params: { said: fault.said } }],
      });
    default:
      return refuse('network-unavailable');
  }
}
