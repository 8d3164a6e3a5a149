import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StandingGoal } from '#contract/today.ts';
import { useMetricWords } from '../../lib/metric-words.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { Figure } from '../../ui/figure.tsx';

interface StandingGoalsProps {
  goals: StandingGoal[];
  more: number;
  renderStatus: (goal: StandingGoal) => ReactNode;
}

/** The nearest goals as figures; each opens what it is made of. */
export function StandingGoals({ goals, more, renderStatus }: StandingGoalsProps) {
  const { t } = useTranslation('today');
  const { id: workspaceId } = useWorkspace();
  if (goals.length === 0) return null;
  return (
    <section className="today-part" aria-labelledby="today-goals">
      <h2 id="today-goals">{t('goals.title')}</h2>
      <ul className="today-goals">
        {goals.map((goal) => (
          <StandingCard key={goal.goalId} goal={goal} status={renderStatus(goal)} />
        ))}
      </ul>
      {more > 0 ? (
        <Link to="/w/$workspaceId/goals" params={{ workspaceId }} className="quiet-link">
          {t('goals.more', { count: more })}
        </Link>
      ) : null}
    </section>
  );
}

function StandingCard({ goal, status }: { goal: StandingGoal; status: ReactNode }) {
  const { t: web } = useTranslation('first');
  const { t } = useTranslation('today');
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  const words = useMetricWords();
  const { goalId, title, metric, yours, value, target, share, daysLeft } = goal;
  return (
    <li className="today-goal sheet">
      <h3>
        <Link to="/w/$workspaceId/goals/$goalId" params={{ workspaceId, goalId }} dir="auto">
          {title}
        </Link>
        {yours ? null : <span className="today-soft">{t('goals.notYours')}</span>}
      </h3>
      <Figure of={{ kind: 'goal', goalId, on: null }} about={title} className="today-figure">
        <span className={value === null ? 'today-value today-unknown' : 'today-value'}>
          {value === null ? web('figures.none') : format.number(value)}
        </span>
        {target === null ? null : <span>{web('figures.of', { target: format.number(target) })}</span>}
        <span className="today-metric">{words.name(metric)}</span>
      </Figure>
      <div className={`today-bar today-bar-${goal.status}`} aria-hidden="true">
        <div style={{ width: `${Math.max(0, Math.min(1, share ?? 0)) * 100}%` }} />
      </div>
      <div className="today-goal-foot">
        {status}
        <span>{daysLeft === 0 ? t('goals.lastDay') : t('goals.daysLeft', { count: daysLeft })}</span>
      </div>
    </li>
  );
}
