import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../lib/api.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { Evidence } from './evidence.tsx';

/** What the figure of a goal is made of, for screens that know the goal by its id only. */
export function GoalEvidence({ goalId }: { goalId: string }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const goal = useQuery(api.goals.get.queryOptions({ input: { workspaceId, goalId } }));
  const progress = useQuery(api.analytics.progress.queryOptions({ input: { workspaceId, goalId } }));
  const failed = goal.error ? goal : progress.error ? progress : null;
  if (failed) return <FailureNotice error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!goal.data || !progress.data) return <Waiting label={t('app.loading')} />;
  return <Evidence goal={goal.data} progress={progress.data} />;
}
