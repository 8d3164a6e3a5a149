import { noteWorked, type OpenedAccount, type TokensTaken } from '#server/features/channels/index.ts';
import type { House } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { type Publication, settleAllPublished } from '../settle-store.ts';
import { type Arming, armAttempts, type Load, loadClaimed } from './attempt-store.ts';
import { batchByWorkspace } from './batch-by-workspace.ts';
import type { Claim } from './ledger-store.ts';

/** Where the deliveries of one worker meet the ledger: each asks for itself, and what is asked together is done together. */
export interface Desk {
  /** Null when the claim is not this worker's any more. */
  load(claim: Claim): Promise<Load | null>;
  /** Null when nothing may be sent, see `armAttempts`. Answers after the commit. */
  arm(arming: Arming): Promise<{ attemptId: string; number: number } | null>;
  /** Settles what the network accepted and notes that the account's credential works. */
  publish(publication: Publication, account: OpenedAccount | null): Promise<boolean>;
  /** Notes that nothing went out for what a claim took of limits. */
  leaveUnused(taken: readonly TokensTaken[]): void;
  /** What was left unused since this was last asked. */
  takeUnused(): TokensTaken[];
}

export function openDesk({ db }: Pick<House, 'db'>): Desk {
  const byKey = <T>(workspaceId: string, work: (tx: Tx) => Promise<T>) =>
    db.inWorkspace(workspaceId, work, { byKeys: true });
  const load = batchByWorkspace((workspaceId, claims: readonly Claim[]) =>
    byKey(workspaceId, (tx) => loadClaimed(tx, claims)),
  );
  const arm = batchByWorkspace((workspaceId, armings: readonly Arming[]) =>
    byKey(workspaceId, (tx) => armAttempts(tx, armings)),
  );
  const publish = batchByWorkspace(
    (workspaceId, settled: readonly { publication: Publication; account: OpenedAccount | null }[]) =>
      byKey(workspaceId, async (tx) => {
        const results = await settleAllPublished(
          tx,
          settled.map(({ publication }) => publication),
          { keepsPlan: true },
        );
        const accounts = settled.flatMap(({ account }) => account ?? []);
        if (accounts.length > 0) await noteWorked(tx, workspaceId, accounts);
        return results;
      }),
  );
  let unused: TokensTaken[] = [];
  return {
    leaveUnused: (taken) => void unused.push(...taken),
    takeUnused() {
      const left = unused;
      unused = [];
      return left;
    },
    load: (claim) => load(claim.workspaceId, claim),
    arm: (arming) => arm(arming.claim.workspaceId, arming),
    publish: (publication, account) => publish(publication.part.workspace_id, { publication, account }),
  };
}
