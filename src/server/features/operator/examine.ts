import type { operator } from '#contract/operator.ts';
import type { House, Verb } from '#server/platform/context/index.ts';
import { countUnreadable } from '#server/platform/crypto/index.ts';
import { type SealedColumn, sealedColumns, type Tx } from '#server/platform/db/index.ts';
import { examineInstallation } from './examine-installation.ts';
import { listMediaPlaces, listWorkspaces } from './operator-store.ts';

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
      listMedia: () => listMediaEverywhere(house),
      // This process came up, so the database is at the schema it knows.
      countMissingMigrations: null,
    },
    keyIds: [vault.currentKeyId],
  });
  return { findings };
};

async function listMediaEverywhere({ db }: House): Promise<string[]> {
  const places: string[] = [];
  for (const id of await db.across(listWorkspaces)) places.push(...(await db.inWorkspace(id, listMediaPlaces)));
  return places;
}

/** The app sees one workspace at a time, so it goes through them. */
async function countEverywhere({ db, vault }: House): Promise<number> {
  const { ofWorkspaces = [], ofAll = [] } = Object.groupBy(sealedColumns, ({ workspaceId }) =>
    workspaceId === 'workspace_id' ? 'ofWorkspaces' : 'ofAll',
  );
  const countIn = (columns: readonly SealedColumn[]) => async (tx: Tx) => {
    let count = 0;
    for (const at of columns) count += await countUnreadable(tx, vault, at);
    return count;
  };
  let unreadable = await db.outside(countIn(ofAll));
  for (const id of await db.across(listWorkspaces)) unreadable += await db.inWorkspace(id, countIn(ofWorkspaces));
  return unreadable;
}
