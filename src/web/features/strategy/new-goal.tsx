import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../lib/api.ts';
import { todayIn } from '../../lib/local-day.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { Page } from '../../ui/page.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { beginGoal } from './goal-draft.ts';
import { GoalForm } from './goal-form.tsx';

/** Setting a goal. */
export function NewGoal({ onSet }: { onSet: (goalId: string) => void }) {
  const { t } = useTranslation();
  const { id: workspaceId, zone, personId } = useWorkspace();
  const queries = useQueryClient();
  const begin = useMemo(() => beginGoal(todayIn(zone), personId), [zone, personId]);
  const setting = useMutation(
    api.goals.create.mutationOptions({
      onSuccess: async (goal) => {
        await queries.invalidateQueries({ queryKey: api.goals.key() });
        onSet(goal.id);
      },
    }),
  );
  return (
    <Page
      title={t('goals.new')}
      lead={t('goals.newLead')}
      width="reading"
      back={{ to: `/w/${workspaceId}/goals`, label: t('rooms.goals') }}
    >
      <Sheet>
        <GoalForm
          name={`${workspaceId}.new-goal`}
          begin={begin}
          showExtras={false}
          submitLabel={t('goals.form.set')}
          error={setting.error}
          isBusy={setting.isPending}
          onSubmit={(goal) => setting.mutateAsync({ workspaceId, ...goal })}
        />
      </Sheet>
    </Page>
  );
}
