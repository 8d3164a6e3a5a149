import { may } from '#contract/policy.ts';
import { listRoles } from '#server/features/team/index.ts';
import { countAttempts, placeOf } from '#server/platform/auth/index.ts';
import { type AnyoneContext, refuse } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { ChannelWithConnection } from '../channel-store.ts';
import { findConnection } from '../connection-store.ts';
import { mustFindChannel } from '../get-channel.ts';
import { findByToken, findLink, type LinkRow } from './reconnect-link-store.ts';

/** Links that were tried from one place, good ones too. */
const perPlace = { attempts: 60, perSeconds: 900 };
/** Passwords that were tried by one link. */
const perLink = { attempts: 20, perSeconds: 3_600 };

/** Finds the link of a token, for whoever has it; tries from one place are counted before it is looked up. */
export async function findOffered(
  { house, address }: AnyoneContext,
  token: string,
): Promise<{ workspaceId: string; id: string }> {
  await house.db.outside((tx) => countAttempts(tx, [{ key: `reconnect|${placeOf(address)}`, limit: perPlace }]));
  return (await findByToken(house.db, token)) ?? refuse('not-found');
}

/** Counts a try to sign in by a link. */
export const countTry = ({ house }: AnyoneContext, linkId: string): Promise<void> =>
  house.db.outside((tx) => countAttempts(tx, [{ key: `reconnect-try|${linkId}`, limit: perLink }]));

/**
 * The link while it may be used, and its channel. It is worth what its maker may do: `link-spent` when they have left or
 * may connect channels no longer, and when the channel has another account by now, or none.
 */
export async function getOpenLink(
  tx: Tx,
  id: string,
  options: { lock?: boolean } = {},
): Promise<{ link: LinkRow; channel: ChannelWithConnection }> {
  const link = (await findLink(tx, id, options)) ?? refuse('not-found');
  const channel = await mustFindChannel(tx, link.channel_id);
  const maker = (await listRoles(tx)).find(({ personId }) => personId === link.made_by);
  const isWorth = maker !== undefined && may(maker.role, 'reconnectLinks.create');
  const account = await findConnection(tx, link.channel_id);
  const isOfAccount = account?.remote_id === link.remote_id;
  if (link.state !== 'open' || !isWorth || !isOfAccount || channel.archived_at !== null) refuse('link-spent');
  return { link, channel };
}
