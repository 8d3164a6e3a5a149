import type { MetricId } from '#contract/metrics.ts';
import type { Proposal } from '#contract/onboarding.ts';
import type { Question } from '#contract/operations.ts';

/** A proposal as its form holds it: texts that may be half-written. */
export interface ProposalDraft {
  objective: string;
  goal: string;
  metric: MetricId;
  target: string;
  deadlineOn: string;
  perWeek: string;
  withSecond: boolean;
  address: string;
  pageTitle: string;
  about: string;
  /** Place of the chosen first post, from 0; −1: none. */
  post: number;
  texts: string[];
}

/** What each part of the proposal's form is given. */
export interface ProposalPartProps {
  proposal: Proposal;
  draft: ProposalDraft;
  onChange: (change: Partial<ProposalDraft>) => void;
}

/** A proposal opened in its form. */
export function openProposal(proposal: Proposal): ProposalDraft {
  const { goal, page, posts } = proposal;
  return {
    objective: proposal.objective.title,
    goal: goal.title,
    metric: goal.metric,
    target: targetOf(proposal, goal.metric),
    deadlineOn: goal.deadlineOn,
    perWeek: String(proposal.cadence.perWeek),
    withSecond: proposal.second !== null,
    address: page.address,
    pageTitle: page.title,
    about: page.about,
    post: proposal.first,
    texts: posts.map((it) => it.text),
  };
}

/** The number proposed for a metric, as a field holds it. */
export const targetOf = ({ goal }: Proposal, metric: MetricId): string =>
  String(goal.options.find((it) => it.metric === metric)?.target ?? '');

/** The proposal as it was changed, for the call that makes it. */
export function shapeWanted(
  draft: ProposalDraft,
  proposal: Proposal,
): Omit<Question<'onboarding', 'make'>, 'workspaceId'> {
  const chosen = proposal.posts[draft.post];
  return {
    revision: proposal.revision,
    objective: { title: draft.objective.trim(), description: proposal.objective.description },
    goal: {
      title: draft.goal.trim(),
      metric: draft.metric,
      target: Number(draft.target),
      deadlineOn: draft.deadlineOn,
    },
    cadencePerWeek: Number(draft.perWeek),
    second: draft.withSecond ? proposal.second : null,
    page: { address: draft.address, title: draft.pageTitle.trim(), about: draft.about.trim() },
    post: chosen ? { pillar: chosen.pillar, text: draft.texts[draft.post] ?? chosen.text } : null,
  };
}
