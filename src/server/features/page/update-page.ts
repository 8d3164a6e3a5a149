import type { page } from '#contract/page.ts';
import { renameOwnChannel } from '#server/features/channels/index.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { isFreeForPages } from './address.rules.ts';
import { pageUrl } from './addresses.ts';
import { enterAddress, findPage, updatePageRow } from './page-store.ts';
import { presentPage } from './present-page.ts';

/**
 * Changes the page. A new address is entered beside the old ones, which go on leading to the page. `edited-meanwhile`
 * carries the page as it stands when someone else saved first.
 */
export const updatePage: Verb<typeof page.update> = async (context, { revision, ...given }) => {
  const { house, workspaceId, personId } = context;
  const { address, title, about, language, links } = given;
  return context.inWorkspace(async (tx) => {
    const before = (await findPage(tx, { lock: true })) ?? refuse('not-found');
    if (before.revision !== revision) refuse('edited-meanwhile', { current: await presentPage(house, tx, before) });
    if (address !== undefined && address !== before.address) {
      const place = { workspaceId, pageId: before.id };
      if (!isFreeForPages(address) || !(await enterAddress(tx, place, address))) refuse('page-address-taken');
    }
    await updatePageRow(tx, before.id, revision, {
      ...(address !== undefined && { address }),
      ...(title !== undefined && { title }),
      ...(about !== undefined && { about }),
      ...(language !== undefined && { language }),
      ...(links !== undefined && { links }),
    });
    const after = (await findPage(tx)) ?? refuse('internal');
    await renameOwnChannel(tx, after.id, {
      name: after.title,
      handle: after.address,
      address: pageUrl(house.config, after.address),
    });
    await tellFact(tx, { workspaceId, kind: 'page.changed', payload: { channelId: before.id }, personId });
    return presentPage(house, tx, after);
  });
};
