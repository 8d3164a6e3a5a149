import type { onboarding } from '#contract/onboarding.ts';
import { isAddressFree } from '#server/features/page/index.ts';
import type { Verb } from '#server/platform/context/index.ts';

/** Whether the own page can have an address. It is taken for good only when the page is opened. */
export const checkAddress: Verb<typeof onboarding.address> = async ({ house, workspaceId }, { address }) => ({
  address,
  isFree: await isAddressFree(house.db, workspaceId, address),
});
