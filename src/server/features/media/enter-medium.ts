import type { z } from 'zod';
import type { Medium } from '#contract/media.ts';
import type { WorkspaceContext } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { forgetFiles } from './forget-files.ts';
import type { MediumFile } from './medium-files.ts';
import { findMedium, insertMedium, type NewMedium, waitForTurn } from './medium-store.ts';
import { presentMedium } from './present-medium.ts';
import type { MediumRow } from './tables.ts';

/** What else is done in the transaction that enters a medium. */
export type Alongside = (tx: Tx, mediumId: string) => Promise<void>;

/**
 * Enters a medium whose files lie in the storage. When it cannot be entered they go again, but only where it is certain
 * that it was not: the answer to a commit can be lost while the medium stands. Where that cannot be asked they stay.
 */
export async function enterMedium(
  context: WorkspaceContext,
  row: NewMedium,
  alongside: Alongside,
): Promise<z.input<typeof Medium>> {
  return presentMedium(await enter(context, row, alongside), context.house.config);
}

async function enter(context: WorkspaceContext, row: NewMedium, alongside: Alongside): Promise<MediumRow> {
  try {
    return await context.inWorkspace(async (tx) => {
      await waitForTurn(tx, row.id);
      await alongside(tx, row.id);
      return insertMedium(tx, row);
    });
  } catch (error) {
    const standing = await findStanding(context, row.id).catch((unknown: unknown) => {
      context.log.warn({ err: unknown, mediumId: row.id }, 'whether a medium was entered is unknown: its files stay');
      throw error;
    });
    if (standing) return standing;
    const place = { workspaceId: row.workspace_id, mediumId: row.id };
    const files: MediumFile[] = ['original', 'thumbnail', ...(row.video ? ['poster' as const] : [])];
    await forgetFiles(context.house, { ...place, files });
    throw error;
  }
}

/** Looks when the transaction that entered it has certainly ended, on the server too. */
const findStanding = ({ house, workspaceId }: WorkspaceContext, mediumId: string): Promise<MediumRow | null> =>
  house.db.inWorkspace(workspaceId, async (tx) => {
    await waitForTurn(tx, mediumId);
    return findMedium(tx, mediumId);
  });
