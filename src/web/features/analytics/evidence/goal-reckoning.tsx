import { useTranslation } from 'react-i18next';
import type { Progress } from '#contract/analytics.ts';
import type { Goal } from '#contract/strategy.ts';
import { useFormat } from '../../../lib/use-format.ts';

/** How the figures beside a goal's own came about: period, beginning, target, way gone, pace. */
export function GoalReckoning({ goal, progress }: { goal: Goal; progress: Progress }) {
  const { t } = useTranslation();
  const { t: say } = useTranslation('evidence');
  const format = useFormat();
  const { baseline, target, share, perDay, projected } = progress;
  const unknown = say('reckoning.unknown');
  const facts = [
    ['period', say('period', { from: format.date(goal.startsOn), to: format.date(goal.deadlineOn) })],
    ['baseline', baseline === null ? unknown : `${format.number(baseline)} · ${sourceOf()}`],
    ['target', target === null ? t('figures.noTarget') : format.number(target)],
    ['share', share === null ? unknown : format.percent(share)],
    ['pace', perDay === null ? unknown : say('reckoning.perDay', { number: format.number(perDay, { maxDigits: 1 }) })],
    ['projected', projected === null ? unknown : format.number(projected, { maxDigits: 0 })],
  ] as const;
  return (
    <dl className="evidence-facts">
      {facts.map(([name, words]) => (
        <div key={name}>
          <dt>{say(`reckoning.${name}`)}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );

  function sourceOf(): string {
    if (goal.baseline === null) return say('reckoning.measured');
    return say(`reckoning.from-${goal.baseline.source}`, { day: format.date(goal.baseline.on) });
  }
}
