import type { media } from '#contract/media.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { mediumKey } from './medium-files.ts';
import { deleteMedium, findMedium, isMediumInUse } from './medium-store.ts';

/** Deletes a picture and its files; refuses with `medium-in-use` while a post uses it. */
export const removeMedium: Verb<typeof media.remove> = async (context, { mediumId }) => {
  await context.inWorkspace(async (tx) => {
    if (!(await findMedium(tx, mediumId))) refuse('not-found');
    if (await isMediumInUse(tx, mediumId)) refuse('medium-in-use');
    await deleteMedium(tx, mediumId);
  });
  const place = { workspaceId: context.workspaceId, mediumId };
  await context.house.storage.delete(mediumKey(place, 'original'));
  await context.house.storage.delete(mediumKey(place, 'thumbnail'));
  return {};
};
