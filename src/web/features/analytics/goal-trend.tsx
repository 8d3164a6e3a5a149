import { useTranslation } from 'react-i18next';
import type { Progress } from '#contract/analytics.ts';
import type { Goal } from '#contract/strategy.ts';
import { addDays, daysBetween } from '../../lib/local-day.ts';
import { useMetricWords } from '../../lib/metric-words.ts';
import { useFormat } from '../../lib/use-format.ts';
import { TrendChart } from '../../ui/trend-chart.tsx';
import { GoalDays } from './evidence/goal-days.tsx';

/** The way from start to deadline, drawn, with the same as a table behind it. */
export function GoalTrend({ goal, progress }: { goal: Goal; progress: Progress }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useMetricWords();
  const { series, target, baseline, projected } = progress;
  const points = series
    .map(({ on, value }) => ({ day: daysBetween(goal.startsOn, on), value }))
    .filter(({ day }) => day >= 0);
  if (points.length === 0) return <p className="standing-quiet">{t('trend.empty')}</p>;
  const last = series.at(-1);
  return (
    <div className="goal-trend">
      <TrendChart
        label={t('trend.label', {
          metric: words.name(goal.metric),
          value: format.number(last?.value ?? 0),
          date: format.date(last?.on ?? goal.startsOn),
        })}
        points={points}
        days={daysBetween(goal.startsOn, goal.deadlineOn)}
        baseline={baseline}
        target={target}
        projected={projected}
        targetLabel={target === null ? null : t('trend.target', { value: format.number(target) })}
        projectedLabel={
          projected === null ? null : t('trend.projected', { value: format.number(projected, { maxDigits: 0 }) })
        }
        fromLabel={format.dayMonth(goal.startsOn)}
        toLabel={format.dayMonth(goal.deadlineOn)}
        formatValue={(value) => format.number(value)}
        pointsLabel={t('trend.points')}
        evidenceOf={(day) => ({ kind: 'goal', goalId: goal.id, on: addDays(goal.startsOn, day) })}
        sayPoint={({ day, value }) =>
          t('trend.point', { value: format.number(value), day: format.date(addDays(goal.startsOn, day)) })
        }
      />
      <GoalDays goal={goal} series={series} />
    </div>
  );
}
