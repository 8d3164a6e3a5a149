import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Goal } from '#contract/strategy.ts';
import { api } from '../../lib/api.ts';
import { useMetricWords } from '../../lib/metric-words.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Figure } from '../../ui/figure.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { RefreshGoal } from './evidence/refresh-figures.tsx';
import { Gaps } from './gaps.tsx';
import { GoalTrend } from './goal-trend.tsx';
import { StatusWord } from './status-word.tsx';
import { useWayWords } from './use-way-words.ts';
import './analytics.css';

/** The figure of a goal, large, with its trend; pressed, it opens what it is made of. */
export function GoalFigure({ goal }: { goal: Goal }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  const words = useMetricWords();
  const sayWay = useWayWords();
  const { data, error, refetch } = useQuery(
    api.analytics.progress.queryOptions({ input: { workspaceId, goalId: goal.id } }),
  );
  if (error) return <FailureNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting label={t('app.loading')} />;
  const { value, target, status } = data;
  const way = sayWay(data);
  const address = { kind: 'goal', goalId: goal.id, on: null } as const;
  return (
    <Sheet className="goal-figure">
      <div className="goal-figure-head">
        <Figure of={address} className="figure-button">
          <span className="figure-name">{words.name(goal.metric)}</span>
          <span className={value === null ? 'figure-value figure-unknown' : 'figure-value'}>
            {value === null ? t('figures.none') : format.number(value)}
          </span>
          <span className="figure-target">
            {target === null ? t('figures.noTarget') : t('figures.of', { target: format.number(target) })}
          </span>
          <span className="figure-open" aria-hidden="true">
            {t('figures.open')}
          </span>
        </Figure>
        <div className="figure-aside">
          <StatusWord status={status} />
          <p>{t(`goalStatus.explain.${status}`)}</p>
          {way === null ? null : (
            <p>
              <Figure of={address}>{way}</Figure>
            </p>
          )}
          <p className="standing-quiet">{t('figures.asOf', { time: format.dateTime(data.asOf) })}</p>
          <RefreshGoal goal={goal} isBrief />
        </div>
      </div>
      <Gaps gaps={data.gaps} />
      <GoalTrend goal={goal} progress={data} />
    </Sheet>
  );
}
