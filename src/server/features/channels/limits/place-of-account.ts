import { createHash } from 'node:crypto';
import type { LimitPlace } from './limit-place.rules.ts';

/** The place of a connected account; its name is the database's `connection.limit_account`. */
export const placeOfAccount = (
  network: string,
  { server, remoteId }: { server: string | null; remoteId: string },
): LimitPlace => ({
  network,
  server: server ?? '',
  account: createHash('md5')
    .update(`${server ?? ''} ${remoteId}`)
    .digest('hex'),
});
