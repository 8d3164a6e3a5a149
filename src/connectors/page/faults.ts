import { type Fault, type SendFault, said } from '#connectors/kit/faults.ts';
import { PageGone } from './store.ts';

/** What a throw of the store means while nothing can have become public. */
export function readFault(error: unknown): Fault {
  if (error instanceof PageGone) return { kind: 'credential-rejected', said: 'There is no such page.' };
  return { kind: 'temporarily-down', said: said(error instanceof Error ? error.message : String(error)) };
}

/** What a throw means for a send. Once the insert went out only a read by key can tell. */
export function readSendFault(error: unknown, wrote: boolean): SendFault {
  if (!wrote) return { ...readFault(error), reached: 'no' };
  return { ...readFault(error), kind: 'outcome-unknown', reached: 'unknown' };
}
