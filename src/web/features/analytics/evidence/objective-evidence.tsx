import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../../lib/api.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { Waiting } from '../../../ui/waiting.tsx';
import { GoalStanding } from '../goal-standing.tsx';
import { LookAgain } from './refresh-figures.tsx';
import '../../../ui/lines.css';

/** The goals that serve an objective, each with how it stands. */
export function ObjectiveEvidence({ objectiveId }: { objectiveId: string }) {
  const { t: web } = useTranslation();
  const { t } = useTranslation('evidence');
  const { id: workspaceId } = useWorkspace();
  const goals = useQuery(api.goals.list.queryOptions({ input: { workspaceId, limit: 200 } }));
  if (goals.error) return <FailureNotice error={goals.error} onRetry={() => void goals.refetch()} />;
  if (!goals.data) return <Waiting label={web('app.loading')} />;
  const items = goals.data.items.filter((it) => it.objectiveId === objectiveId && it.archivedAt === null);
  return (
    <>
      <div className="evidence-figure">
        <strong>{web('objectives.goals', { count: items.length })}</strong>
      </div>
      <p>{t('objective.definition')}</p>
      <ul className="lines">
        {items.map((goal) => (
          <li key={goal.id} className="line">
            <div className="line-words">
              <Link
                className="quiet-link"
                to="/w/$workspaceId/goals/$goalId"
                params={{ workspaceId, goalId: goal.id }}
                search={{}}
              >
                <span dir="auto">{goal.title}</span>
              </Link>
              <GoalStanding goal={goal} />
            </div>
          </li>
        ))}
      </ul>
      {items.length === 0 ? <p className="standing-quiet">{t('objective.none')}</p> : null}
      <LookAgain explain={t('objective.again')} />
    </>
  );
}
