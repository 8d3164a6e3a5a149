import { asGoalId, DAY_MS, type Draft, type GoalToday, type Morning } from './morning.rules.ts';

/** Figures that changed and that nobody opened for so long are worth a word (ours). */
const UNSEEN_MS = 7 * DAY_MS;

/** Goals that wait for a yes, that nothing to come serves, that lack something, or whose figures nobody looked at. */
export function suggestForGoals({ workspaceId, now, goals, may }: Morning): Draft[] {
  return goals.flatMap((goal): Draft[] => {
    const { id, title, yours } = goal;
    const subject = `goal:${id}`;
    const blank = {
      act: 'open' as const,
      path: `/w/${workspaceId}/goals/${id}`,
      reason: null,
      names: { goal: title },
      count: 0,
      at: null,
      figures: null,
      deliveryId: null,
      goalId: asGoalId(id),
    };
    const drafts: Draft[] = [];
    if (!yours)
      drafts.push({
        subject,
        isAllowed: may('goals.adopt'),
        suggestion: { ...blank, id: `goal-proposed:${id}`, kind: 'goal-proposed', act: 'adopt' },
      });
    if (yours && goal.hasBegun && !goal.isServed && goal.figures?.status !== 'reached')
      drafts.push({
        subject,
        ...(goal.draft && { alsoAbout: `post:${goal.draft.postId}` }),
        isAllowed: may('posts.create'),
        suggestion: {
          ...blank,
          id: `goal-unserved:${id}`,
          kind: 'goal-unserved',
          ...(goal.draft
            ? {
                reason: 'draft',
                names: { goal: title, post: goal.draft.excerpt },
                path: `/w/${workspaceId}/posts/${goal.draft.postId}`,
              }
            : {
                path: `/w/${workspaceId}/posts/new?goal=${id}`,
                ...(goal.lastServedAt && { reason: 'lately', at: goal.lastServedAt.toISOString() }),
              }),
        },
      });
    const [need] = goal.needs;
    if (yours && need !== undefined && goal.figures?.status !== 'reached')
      drafts.push({
        subject: `needs:${id}`,
        isAllowed: may('goals.update'),
        suggestion: {
          ...blank,
          id: `goal-needs:${id}`,
          kind: 'goal-needs',
          act: goal.needs.length === 1 ? 'have' : 'open',
          names: { goal: title, need },
          count: goal.needs.length,
        },
      });
    const unseen = findUnseen(goal, now);
    if (unseen)
      drafts.push({
        subject: `figures:${id}`,
        isAllowed: true,
        suggestion: {
          ...blank,
          id: `figures-unseen:${id}`,
          kind: 'figures-unseen',
          reason: unseen.lookedAt ? 'since' : 'never',
          at: unseen.lookedAt?.toISOString() ?? null,
          figures: { from: unseen.from, to: unseen.to },
        },
      });
    return drafts;
  });
}

function findUnseen(
  { figures, createdAt }: GoalToday,
  now: Date,
): { from: number; to: number; lookedAt: Date | null } | null {
  if (figures === null || figures.value === null || figures.value === figures.seen) return null;
  const lastLook = figures.lookedAt ?? createdAt;
  if (now.getTime() - lastLook.getTime() < UNSEEN_MS) return null;
  return { from: figures.seen, to: figures.value, lookedAt: figures.lookedAt };
}
