import type { page } from '#contract/page.ts';
import { openOwnChannel } from '#server/features/channels/index.ts';
import { getWorkspace } from '#server/features/team/index.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { isFreeForPages } from './address.rules.ts';
import { pageUrl } from './addresses.ts';
import { enterAddress, findPage, insertPage, isUniqueViolation } from './page-store.ts';
import { presentPage } from './present-page.ts';

/**
 * Opens the workspace's page in the language of the business; it is a connected channel from then on. A workspace has
 * one page: `channel-connected-already` when it is open, `page-address-taken` when the address is another's.
 */
export const openPage: Verb<typeof page.open> = async (context, { address, title }) => {
  const { house, workspaceId, personId } = context;
  if (!isFreeForPages(address)) refuse('page-address-taken');
  return context.inWorkspace(async (tx) => {
    if (await findPage(tx)) refuse('channel-connected-already');
    const { language } = await getWorkspace(tx, workspaceId);
    const id = await openOwnChannel(tx, {
      workspaceId,
      personId,
      network: 'page',
      name: title,
      handle: address,
      address: pageUrl(house.config, address),
    });
    try {
      await insertPage(tx, { workspaceId, id, address, title, language });
    } catch (error) {
      // Opened by someone else at the same moment.
      if (isUniqueViolation(error)) refuse('channel-connected-already', { cause: error });
      throw error;
    }
    if (!(await enterAddress(tx, { workspaceId, pageId: id }, address))) refuse('page-address-taken');
    await tellFact(tx, { workspaceId, kind: 'page.opened', payload: { channelId: id }, personId });
    return presentPage(house, tx, (await findPage(tx)) ?? refuse('internal'));
  });
};
