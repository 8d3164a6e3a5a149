import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Goal } from '#contract/strategy.ts';
import { api } from '../../lib/api.ts';
import { todayIn } from '../../lib/local-day.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { openGoal } from './goal-draft.ts';
import { GoalForm } from './goal-form.tsx';

/** Changing a goal. */
export function EditGoal({ goalId, onSaved }: { goalId: string; onSaved: () => void }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const goal = useQuery(api.goals.get.queryOptions({ input: { workspaceId, goalId } }));
  return (
    <Page
      title={t('goals.change')}
      width="reading"
      back={{ to: `/w/${workspaceId}/goals/${goalId}`, label: goal.data?.title ?? t('rooms.goals') }}
    >
      {goal.error ? <FailureNotice error={goal.error} onRetry={() => void goal.refetch()} /> : null}
      {goal.isPending ? <Waiting label={t('app.loading')} /> : null}
      {goal.data ? <OpenGoal goal={goal.data} onSaved={onSaved} /> : null}
    </Page>
  );
}

function OpenGoal({ goal, onSaved }: { goal: Goal; onSaved: () => void }) {
  const { t } = useTranslation();
  const { id: workspaceId, zone } = useWorkspace();
  const queries = useQueryClient();
  const saving = useMutation(
    api.goals.update.mutationOptions({
      onSuccess: async () => {
        await Promise.all([
          queries.invalidateQueries({ queryKey: api.goals.key() }),
          queries.invalidateQueries({ queryKey: api.analytics.key() }),
        ]);
        onSaved();
      },
    }),
  );
  const begin = useMemo(() => openGoal(goal, todayIn(zone)), [goal, zone]);
  return (
    <Sheet>
      <GoalForm
        name={`${goal.id}.${goal.revision}`}
        begin={begin}
        showExtras
        submitLabel={t('goals.form.save')}
        error={saving.error}
        isBusy={saving.isPending}
        onSubmit={(changed) =>
          saving.mutateAsync({ workspaceId, goalId: goal.id, revision: goal.revision, ...changed })
        }
      />
    </Sheet>
  );
}
