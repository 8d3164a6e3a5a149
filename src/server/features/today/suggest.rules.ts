import type { Suggestion, SuggestionKind } from '#contract/today.ts';
import { suggestionKinds } from '#contract/today.ts';
import { suggestForChannels } from './for-channels.rules.ts';
import { suggestForDeliveries } from './for-deliveries.rules.ts';
import { suggestForGoals } from './for-goals.rules.ts';
import type { Draft, Morning } from './morning.rules.ts';

/** More than that is no morning page. */
const AT_MOST = 5;
/** So that one kind of thing does not push all others off the page. */
const AT_MOST_OF_A_KIND = 2;

/**
 * What is worth doing now: the most pressing first, at most five, at most two of a kind, one about each subject (the
 * most pressing). What the person may not do or has set aside is left out. `more` is what else there would be.
 */
export function suggest(morning: Morning): { suggestions: Suggestion[]; more: number } {
  const drafts = [
    ...suggestForDeliveries(morning),
    ...suggestForChannels(morning),
    ...suggestForGoals(morning),
    ...suggestBeginning(morning),
  ]
    .filter((draft) => draft.isAllowed)
    .toSorted(compareUrgency);
  const subjects = new Set<string>();
  const ofEach = drafts.filter(({ subject, alsoAbout }) => {
    const about = alsoAbout === undefined ? [subject] : [subject, alsoAbout];
    if (about.some((it) => subjects.has(it))) return false;
    for (const it of about) subjects.add(it);
    return true;
  });
  const left = ofEach.filter(({ suggestion }) => !morning.aside.has(suggestion.id));
  const counts = new Map<SuggestionKind, number>();
  const chosen = left.filter(({ suggestion: { kind } }) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count <= AT_MOST_OF_A_KIND;
  });
  const suggestions = chosen.slice(0, AT_MOST).map((it) => it.suggestion);
  return { suggestions, more: left.length - suggestions.length };
}

/** The order of the kinds in the contract is that of their urgency; a channel with nothing due next can wait. */
const rankOf = ({ kind, at }: Suggestion): number =>
  kind === 'channel-reconnect' && at === null
    ? suggestionKinds.indexOf('channel-quiet') - 0.5
    : suggestionKinds.indexOf(kind);

function compareUrgency({ suggestion: a }: Draft, { suggestion: b }: Draft): number {
  return rankOf(a) - rankOf(b) || (a.at ?? '9').localeCompare(b.at ?? '9') || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** A workspace that is not furnished yet: the interview, while it is not finished; else a first goal, the own page. */
function suggestBeginning({ workspaceId, interview, goals, hasPage, may }: Morning): Draft[] {
  const blank = { at: null, figures: null, deliveryId: null, goalId: null, names: {}, act: 'open' as const };
  const hasInterview = interview.state !== 'made' && (interview.state !== 'not-begun' || goals.length === 0);
  const drafts: Draft[] = [];
  if (hasInterview)
    drafts.push({
      subject: 'beginning',
      isAllowed: may('onboarding.save'),
      suggestion: {
        ...blank,
        id: 'interview',
        kind: 'interview',
        path: `/w/${workspaceId}/begin`,
        reason: interview.state,
        count: interview.answered,
      },
    });
  if (goals.length === 0)
    drafts.push({
      subject: 'beginning',
      isAllowed: may('goals.create'),
      suggestion: {
        ...blank,
        id: 'goal-first',
        kind: 'goal-first',
        path: `/w/${workspaceId}/goals/new`,
        reason: null,
        count: 0,
      },
    });
  if (!hasPage && !hasInterview)
    drafts.push({
      subject: 'page',
      isAllowed: may('page.open'),
      suggestion: {
        ...blank,
        id: 'page-unopened',
        kind: 'page-unopened',
        path: `/w/${workspaceId}/channels/new?network=page`,
        reason: null,
        count: 0,
      },
    });
  return drafts;
}
