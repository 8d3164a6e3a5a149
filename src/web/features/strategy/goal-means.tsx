import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Goal } from '#contract/strategy.ts';
import { useMay } from '../../lib/workspace.tsx';
import { Word } from '../../ui/notice.tsx';
import { useTickMean } from './use-tick-mean.ts';

/** All that a goal needs; each is ticked where it stands, once it is at hand. */
export function GoalMeans({ goal }: { goal: Goal }) {
  const { t } = useTranslation();
  const mayChange = useMay('goals.update') && goal.archivedAt === null;
  const { tick, isBusy } = useTickMean(goal);
  return (
    <ul className="steps">
      {goal.means.map(({ what, atHand }, place) => (
        <li key={what} className="step">
          {mayChange ? (
            <Checkbox
              className="mean-tick"
              label={
                <span className="step-words" dir="auto">
                  {what}
                </span>
              }
              checked={atHand}
              disabled={isBusy}
              onChange={(event) => void tick(place, event.currentTarget.checked)}
            />
          ) : (
            <span className="step-words" dir="auto">
              {what}
            </span>
          )}
          <Word tone={atHand ? 'good' : 'warn'}>{t(atHand ? 'goals.facts.atHand' : 'goals.facts.missing')}</Word>
        </li>
      ))}
    </ul>
  );
}
