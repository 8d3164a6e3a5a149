import type { Jobs } from '../context/index.ts';
import type { Database, Tx } from '../db/index.ts';
import type { Log } from '../log/index.ts';
import type { Caller } from './caller.ts';

/** Marks the invitation of a token as used to open this account, or refuses. Told by the slice that invites. */
export type ClaimInvitation = (
  tx: Tx,
  claim: { token: string; email: string; personId: string },
) => Promise<{
  /** The invitation was for this very address: whoever has its link reads the mail to it. */
  confirmed: boolean;
}>;

/** What sign-in stands on. */
export interface AuthGround {
  db: Database;
  log: Log;
  jobs: Pick<Jobs, 'enqueue'>;
  /** Signs cookies. */
  secret: string;
  /** Where a mailed link leads that this caller asked for, whoever they are. */
  linkOrigin: (caller: Pick<Caller, 'origin' | 'port'>) => string;
  claimInvitation: ClaimInvitation;
}
