import { shapeContactUrl } from '#contract/contact.ts';
import type { onboarding } from '#contract/onboarding.ts';
import { starterOf } from '#contract/starters.ts';
import { isAddressFree, pageUrl } from '#server/features/page/index.ts';
import type { Verb, WorkspaceContext } from '#server/platform/context/index.ts';
import { isFollowed, wordAbout, wordContactLinks } from './contact-links.ts';
import { findInterviewRow } from './interview-store.ts';
import { presentInterview } from './present-interview.ts';
import { findUnknownAccounts, makePlan } from './propose.rules.ts';
import { isReachable, listReachable, readGround } from './read-ground.ts';
import { wordPlan } from './starter-words.ts';
import { suggestAddresses } from './suggest-address.rules.ts';

/** What follows from the answers. Nothing is made by it; skipped questions are answered by a guess. */
export const proposePlan: Verb<typeof onboarding.proposal> = async (context) => {
  const { house } = context;
  const { interview, workspace, today, page, channels } = await context.inWorkspace(async (tx) => ({
    ...(await readGround(context, tx)),
    interview: presentInterview(await findInterviewRow(tx)),
  }));
  const { answers, revision } = interview;
  const known = listReachable(house, channels).map(({ network, handle }) => ({ network, handle }));
  const links = wordContactLinks(workspace.language, answers);
  const followed = new Set([...(page?.links ?? []), ...links].filter(isFollowed).map(({ url }) => url));
  const plan = makePlan(
    { ...answers, accounts: [...known, ...answers.accounts] },
    {
      today,
      isReachable: (network) => isReachable(house, network),
      hasLink: followed.size > 0,
    },
  );
  const { goalTitle, ...words } = wordPlan(plan, {
    answers,
    name: workspace.name,
    reader: context.language,
    language: workspace.language,
    onlyLink: followed.size === 1 ? ([...followed][0] ?? null) : null,
  });
  const address =
    page?.address ??
    (await findFreeAddress(context, { name: workspace.name, place: answers.place, kind: answers.industry }));
  return {
    revision,
    ...words,
    goal: {
      title: goalTitle,
      metric: plan.metric,
      deadlineOn: plan.deadlineOn,
      options: plan.options,
      posts: plan.posts,
      weeks: plan.weeks,
    },
    cadence: plan.cadence,
    second: plan.second,
    noted: findUnknownAccounts(answers.accounts, channels).map((account) => ({
      ...account,
      isReachable: isReachable(house, account.network),
    })),
    page: {
      address,
      title: page?.title ?? workspace.name,
      about: page?.about ?? wordAbout(answers),
      isOpen: page !== null,
      url: pageUrl(house.config, address),
      links,
    },
    language: workspace.language,
    first: plan.first,
    link: shapeContactUrl(answers.contactWay, answers.contact),
    shares: Object.entries(starterOf(answers.industry).shares)
      .map(([pillar, percent]) => ({ pillar: pillar as keyof ReturnType<typeof starterOf>['shares'], percent }))
      .sort((a, b) => b.percent - a.percent),
  };
};

async function findFreeAddress(
  { house, workspaceId }: WorkspaceContext,
  about: { name: string; place: string; kind: string | null },
): Promise<string> {
  const wished = suggestAddresses({ ...about, kind: about.kind ?? 'page' });
  for (const address of wished) if (await isAddressFree(house.db, workspaceId, address)) return address;
  return wished[0] ?? '';
}
