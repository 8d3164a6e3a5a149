import type { operator } from '#contract/operator.ts';
import type { House, Verb } from '#server/platform/context/index.ts';
import { countUnreadable } from '#server/platform/crypto/index.ts';
import { sealedColumns } from '#server/platform/db/index.ts';
import { examineInstallation } from './examine-installation.ts';
import { listWorkspaces } from './operator-store.ts';

/** Looks over the installation from inside the running server. */
export const examine: Verb<typeof operator.doctor> = async ({ house }) => {
  const { config, db, log, mail, vault } = house;
  const findings = await examineInstallation({
    config,
    log,
    mail,
    database: {
      db,
      everywhere: (work) => db.across(work),
      countUnreadable: () => countEverywhere(house),
      // This process came up, so the database is at the schema it knows.
      countMissingMigrations: null,
    },
    keyIds: [vault.currentKeyId],
  });
  return { findings };
};

/** The app sees one workspace at a time, so it goes through them. */
async function countEverywhere({ db, vault }: House): Promise<number> {
  let unreadable = 0;
  for (const at of sealedColumns) {
    if (at.workspaceId !== 'workspace_id') unreadable += await db.outside((tx) => countUnreadable(tx, vault, at));
  }
  for (const workspaceId of await db.across(listWorkspaces)) {
    for (const at of sealedColumns) {
      if (at.workspaceId !== 'workspace_id') continue;
      unreadable += await db.inWorkspace(workspaceId, (tx) => countUnreadable(tx, vault, at));
    }
  }
  return unreadable;
}
