import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Goal } from '#contract/strategy.ts';
import { api, client } from '../../lib/api.ts';
import { useReport } from '../../lib/use-report.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { showToast } from '../../ui/toasts.tsx';

/** Notes that a need of a goal is at hand, or is not any more; what was said to be at hand can be taken back. */
export function useTickMean(goal: Goal): {
  tick: (place: number, atHand: boolean) => Promise<boolean>;
  isBusy: boolean;
} {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const queries = useQueryClient();
  const report = useReport();
  const [isBusy, setBusy] = useState(false);
  const goalId = goal.id;
  const write = async (what: string, atHand: boolean, { revision, means }: Pick<Goal, 'revision' | 'means'>) => {
    const now = means.map((it) => (it.what === what ? { ...it, atHand } : it));
    await client.goals.update({ workspaceId, goalId, revision, means: now });
    await Promise.all([api.goals, api.today].map((it) => queries.invalidateQueries({ queryKey: it.key() })));
  };
  const takeBack = (what: string) =>
    void report(async () => write(what, false, await client.goals.get({ workspaceId, goalId })));
  const tick = async (place: number, atHand: boolean) => {
    const what = goal.means[place]?.what ?? '';
    setBusy(true);
    const isDone = await report(async () => {
      await write(what, atHand, goal);
      if (atHand)
        showToast({
          text: t('goals.needs.had'),
          undo: { label: t('app.undo'), run: () => takeBack(what) },
          about: what,
        });
    });
    setBusy(false);
    return isDone;
  };
  return { tick, isBusy };
}
