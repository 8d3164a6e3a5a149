import type { MetricId } from '#contract/metrics.ts';
import type { Question } from '#contract/operations.ts';
import type { Goal, Scope } from '#contract/strategy.ts';
import { addDays } from '../../lib/local-day.ts';

/** A goal as its form holds it: texts that may be half-written. */
export interface GoalDraft {
  title: string;
  metric: MetricId | '';
  targetKind: 'number' | 'relative';
  targetText: string;
  deadlineOn: string;
  objectiveId: string;
  scopePosts: Scope['posts'];
  scopeChannelIds: string[];
  scopeLanguages: string[];
  scopeCampaign: string;
  scopePlace: string;
  scopeSegment: string;
  baselineText: string;
  baselineOn: string;
  startsOn: string;
  ownerId: string;
  means: { what: string; atHand: boolean }[];
  checkpoints: Goal['checkpoints'];
}

/** A goal nobody has thought about yet: three months from today, counted from today. */
export function beginGoal(today: string, ownerId: string): GoalDraft {
  return {
    title: '',
    metric: '',
    targetKind: 'number',
    targetText: '',
    deadlineOn: addDays(today, 90),
    objectiveId: '',
    scopePosts: 'serving',
    scopeChannelIds: [],
    scopeLanguages: [],
    scopeCampaign: '',
    scopePlace: '',
    scopeSegment: '',
    baselineText: '',
    baselineOn: today,
    startsOn: today,
    ownerId,
    means: [],
    checkpoints: 'weekly',
  };
}

/** A goal that exists, opened in its form. */
export function openGoal(goal: Goal, today: string): GoalDraft {
  const { scope, target, baseline } = goal;
  return {
    title: goal.title,
    metric: goal.metric,
    targetKind: target.kind,
    targetText: String(target.kind === 'number' ? target.value : target.percent),
    deadlineOn: goal.deadlineOn,
    objectiveId: goal.objectiveId ?? '',
    scopePosts: scope.posts,
    scopeChannelIds: scope.channelIds ?? [],
    scopeLanguages: scope.languages ?? [],
    scopeCampaign: scope.campaign ?? '',
    scopePlace: scope.place ?? '',
    scopeSegment: scope.segment ?? '',
    baselineText: baseline ? String(baseline.value) : '',
    baselineOn: baseline?.on ?? today,
    startsOn: goal.startsOn,
    ownerId: goal.ownerId ?? '',
    means: goal.means,
    checkpoints: goal.checkpoints,
  };
}

/** What the form asks the server to keep. Empty extras stay open. The metric must be chosen. */
export function shapeGoal(draft: GoalDraft, metric: MetricId): Omit<Question<'goals', 'create'>, 'workspaceId'> {
  const amount = Number(draft.targetText);
  return {
    title: draft.title.trim(),
    metric,
    target: draft.targetKind === 'number' ? { kind: 'number', value: amount } : { kind: 'relative', percent: amount },
    deadlineOn: draft.deadlineOn,
    objectiveId: draft.objectiveId || null,
    scope: shapeScope(draft),
    baseline:
      draft.baselineText.trim() === ''
        ? null
        : { value: Number(draft.baselineText), on: draft.baselineOn, source: 'stated' },
    startsOn: draft.startsOn,
    ownerId: draft.ownerId || null,
    means: draft.means.filter((it) => it.what.trim() !== ''),
    checkpoints: draft.checkpoints,
  };
}

function shapeScope(draft: GoalDraft): NonNullable<Question<'goals', 'create'>['scope']> {
  const languages = draft.scopeLanguages;
  const words = { campaign: draft.scopeCampaign, place: draft.scopePlace, segment: draft.scopeSegment };
  return {
    posts: draft.scopePosts,
    ...(draft.scopeChannelIds.length > 0 ? { channelIds: draft.scopeChannelIds } : {}),
    ...(languages.length > 0 ? { languages } : {}),
    ...Object.fromEntries(Object.entries(words).filter(([, text]) => text.trim() !== '')),
  };
}
