import type { ConnectorLog } from '#connectors/kit/contract.ts';
import type { Fault, SendFault } from '#connectors/kit/faults.ts';
import { PageGone } from './store.ts';

/**
 * What a throw of the store means while nothing can have become public. Its own words name what is the operator's (hosts,
 * buckets): they go to the log, and the business is told that it passes.
 */
export function readFault(error: unknown, log: ConnectorLog): Fault {
  if (error instanceof PageGone) return { kind: 'credential-rejected', said: 'There is no such page.' };
  log.warn({ err: error }, 'the own page could not be asked');
  return { kind: 'temporarily-down', said: 'The own page cannot be used just now.' };
}

/** What a throw means for a send. Once the insert went out only a read by key can tell. */
export function readSendFault(error: unknown, { log, wrote }: { log: ConnectorLog; wrote: boolean }): SendFault {
  if (!wrote) return { ...readFault(error, log), reached: 'no' };
  return { ...readFault(error, log), kind: 'outcome-unknown', reached: 'unknown' };
}
