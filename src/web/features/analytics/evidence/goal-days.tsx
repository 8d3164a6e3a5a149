import { useTranslation } from 'react-i18next';
import type { Progress } from '#contract/analytics.ts';
import type { Goal } from '#contract/strategy.ts';
import { useMetricWords } from '../../../lib/metric-words.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { Figure } from '../../../ui/figure.tsx';
import { More } from '../../../ui/more.tsx';

/** A goal's figure day by day, the latest first; days on which nothing was measured are not there. */
export function GoalDays({ goal, series }: { goal: Goal; series: Progress['series'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useMetricWords();
  if (series.length === 0) return null;
  return (
    <More label={t('trend.table')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('trend.day')}</th>
            <th scope="col">{words.name(goal.metric)}</th>
          </tr>
        </thead>
        <tbody>
          {series.toReversed().map(({ on, value }) => (
            <tr key={on}>
              <td>{format.date(on)}</td>
              <td>
                <Figure of={{ kind: 'goal', goalId: goal.id, on }} about={format.date(on)}>
                  {format.number(value)}
                </Figure>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </More>
  );
}
