import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../lib/api.ts';
import { useReport } from '../../lib/use-report.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { showToast } from '../../ui/toasts.tsx';

/** Archiving a goal with a way back, and the way back. */
export function useArchiveGoal(): {
  archive: (goalId: string, title: string) => Promise<boolean>;
  restore: (goalId: string) => void;
} {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const queries = useQueryClient();
  const report = useReport();
  const restore = (goalId: string) =>
    void report(async () => {
      await client.goals.restore({ workspaceId, goalId });
      await queries.invalidateQueries({ queryKey: api.goals.key() });
      showToast({ text: t('goals.restored') });
    });
  const archive = (goalId: string, title: string) =>
    report(async () => {
      await client.goals.archive({ workspaceId, goalId });
      await queries.invalidateQueries({ queryKey: api.goals.key() });
      showToast({ text: t('goals.archived', { title }), undo: { label: t('app.undo'), run: () => restore(goalId) } });
    });
  return { archive, restore };
}
