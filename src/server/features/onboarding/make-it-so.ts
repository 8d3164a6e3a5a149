import { shapeContactUrl } from '#contract/contact.ts';
import { ChannelId, GoalId, ObjectiveId } from '#contract/ids.ts';
import type { MadeOfInterview, onboarding } from '#contract/onboarding.ts';
import type { PageLink } from '#contract/page.ts';
import { createChannel, giveIntent, listKnownChannels } from '#server/features/channels/index.ts';
import { findPage, openPage, updatePage } from '#server/features/page/index.ts';
import { createPost } from '#server/features/publishing/index.ts';
import { createObjective, proposeGoal, proposeObjective } from '#server/features/strategy/index.ts';
import { getWorkspace } from '#server/features/team/index.ts';
import { refuse, type Verb, type WorkspaceContext } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { isFollowed, wordContactLinks } from './contact-links.ts';
import { findInterviewRow, insertInterview, writeMade } from './interview-store.ts';
import { presentInterview } from './present-interview.ts';
import { findUnknownAccounts, isAboutLinks, isSameAccount } from './propose.rules.ts';
import { wordLinkNeeded, wordPurpose } from './starter-words.ts';

type Wanted = Parameters<Verb<typeof onboarding.make>>[1];

/**
 * Makes what was proposed, as it was changed: objective (theirs when they said what matters), goal (not yet theirs: its
 * number is a guess), own page, register, first draft.
 * All of it stands or falls in one transaction, and it happens once: who asks again, or at the same moment, gets what
 * was made the first time.
 */
export const makeItSo: Verb<typeof onboarding.make> = async (context, wanted) =>
  context.inWorkspace(async (tx) => {
    const { workspaceId, personId } = context;
    // Nobody has begun: its row is what two who ask at once wait for.
    const { answers } = presentInterview(null);
    if (wanted.revision === 0) await insertInterview(tx, workspaceId, { answers, at: 'proposal', skipped: [] });
    const interview = presentInterview(await findInterviewRow(tx, { lock: true }));
    if (interview.made) return interview.made;
    if (Math.max(wanted.revision, 1) !== interview.revision) refuse('edited-meanwhile', { current: interview });
    // The verbs below are each a transaction of their own; here they are parts of this one.
    const inside = { ...context, inWorkspace: <T>(work: (it: Tx) => Promise<T>) => work(tx) };
    const addObjective = interview.answers.wish === null ? proposeObjective : createObjective;
    const { language } = await getWorkspace(tx, workspaceId);
    const links = wordContactLinks(language, interview.answers);
    const link = shapeContactUrl(interview.answers.contactWay, interview.answers.contact);
    const hasLink = [...((await findPage(tx))?.links ?? []), ...links].some(isFollowed);
    const objective = await addObjective(inside, { workspaceId, ...wanted.objective });
    const goal = await proposeGoal(inside, {
      workspaceId,
      title: wanted.goal.title,
      metric: wanted.goal.metric,
      target: { kind: 'number', value: wanted.goal.target },
      deadlineOn: wanted.goal.deadlineOn,
      objectiveId: ObjectiveId.parse(objective.id),
      ownerId: personId,
      checkpoints: 'weekly',
      ...(isAboutLinks(wanted.goal.metric) && { means: [{ what: wordLinkNeeded(context.language), atHand: hasLink }] }),
    });
    const goalId = GoalId.parse(goal.id);
    const channelId = await openOwnPage(inside, tx, { wanted, links });
    const others = await enterAccounts(inside, tx, { wanted, accounts: interview.answers.accounts });
    const post = wanted.post && {
      ...wanted.post,
      variants: [channelId, ...others].map((id) => ({ channelId: ChannelId.parse(id), content: null })),
    };
    const draft =
      post &&
      (await createPost(inside, {
        workspaceId,
        content: { parts: [{ text: post.text, media: [], link }] },
        pillar: post.pillar,
        serves: { kind: 'goal', goalId },
        variants: post.variants,
      }));
    await writeMade(tx, { objectiveId: objective.id, goalId, channelId, postId: draft?.id ?? null });
    await tellFact(tx, { workspaceId, kind: 'interview.made', payload: { goalId }, personId });
    return mustBeMade(presentInterview(await findInterviewRow(tx)).made);
  });

const mustBeMade = (made: MadeOfInterview | null): MadeOfInterview => made ?? refuse('internal');

/**
 * Opens the own page, unless it is open, and puts on it how one reaches the business; what it is for is said only where
 * nobody said it before.
 */
async function openOwnPage(
  context: WorkspaceContext,
  tx: Tx,
  { wanted, links }: { wanted: Wanted; links: readonly PageLink[] },
): Promise<string> {
  const { workspaceId, personId } = context;
  const { address, title, about } = wanted.page;
  let page = await findPage(tx);
  if (!page) {
    const opened = await openPage(context, { workspaceId, address, title });
    if (about !== '') await updatePage(context, { workspaceId, revision: opened.revision, about });
    page = (await findPage(tx)) ?? refuse('internal');
  }
  const { id, revision, links: there } = page;
  const missing = links.filter(({ url }) => !there.some((it) => it.url === url));
  if (missing.length > 0) await updatePage(context, { workspaceId, revision, links: [...there, ...missing] });
  const purpose = wordPurpose(context.language, 'page');
  await giveIntent(tx, id, { purpose, cadencePerWeek: wanted.cadencePerWeek, ownerId: personId });
  return id;
}

/**
 * Enters the accounts that were named in the register, known and not connected. Gives the channels beside the page on
 * which the draft can be prepared: the one chosen to begin with, once it is connected.
 */
async function enterAccounts(
  context: WorkspaceContext,
  tx: Tx,
  { wanted, accounts }: { wanted: Wanted; accounts: readonly { network: string; handle: string }[] },
): Promise<string[]> {
  const { workspaceId, personId, house } = context;
  const { second, cadencePerWeek } = wanted;
  const known = await listKnownChannels(house, tx);
  for (const { network, handle } of findUnknownAccounts(second ? [...accounts, second] : accounts, known)) {
    const name = house.connectors.get(network)?.manifest.name ?? network;
    await createChannel(context, { workspaceId, network, name: handle || name, handle, ownerId: personId });
  }
  if (!second) return [];
  const chosen = (await listKnownChannels(house, tx)).find((it) => isSameAccount(it, second));
  if (!chosen) return [];
  const purpose = wordPurpose(context.language, 'second');
  await giveIntent(tx, chosen.id, { purpose, cadencePerWeek, ownerId: personId });
  return chosen.connection === 'connected' ? [chosen.id] : [];
}
