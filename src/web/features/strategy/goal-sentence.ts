import { useTranslation } from 'react-i18next';
import type { Goal } from '#contract/strategy.ts';
import { useMetricWords } from '../../lib/metric-words.ts';
import { useFormat } from '../../lib/use-format.ts';

/** Says a goal in a sentence: “Followers: 500 by March 31, 2027”. */
export function useGoalSentence(): (goal: Pick<Goal, 'metric' | 'target' | 'deadlineOn'>) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useMetricWords();
  return ({ metric, target, deadlineOn }) =>
    t('goals.sentence', {
      metric: words.name(metric),
      target:
        target.kind === 'number'
          ? format.number(target.value)
          : t(target.percent < 0 ? 'goals.fewer' : 'goals.more', {
              share: format.percent(Math.abs(target.percent) / 100),
            }),
      date: format.date(deadlineOn),
    });
}
