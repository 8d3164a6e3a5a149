import type { media } from '#contract/media.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { stopConverting } from './convert-medium.ts';
import { forgetFiles } from './forget-files.ts';
import { type MediumFile, renditionFile } from './medium-files.ts';
import { deleteMedium, findMedium, isMediumInUse } from './medium-store.ts';
import { listRenditionHashes } from './rendition-store.ts';

/** Deletes a picture and its files; refuses with `medium-in-use` while a post uses it. */
export const removeMedium: Verb<typeof media.remove> = async (context, { mediumId }) => {
  const hashes = await context.inWorkspace(async (tx) => {
    if (!(await findMedium(tx, mediumId))) refuse('not-found');
    if (await isMediumInUse(tx, mediumId)) refuse('medium-in-use');
    const made = await listRenditionHashes(tx, mediumId);
    await deleteMedium(tx, mediumId);
    return made;
  });
  stopConverting(mediumId);
  const place = { workspaceId: context.workspaceId, mediumId };
  const files: MediumFile[] = ['original', 'thumbnail', 'poster', ...hashes.map(renditionFile)];
  await forgetFiles(context.house, { ...place, files });
  return {};
};
