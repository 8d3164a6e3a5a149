import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Goal } from '#contract/strategy.ts';
import { api } from '../../lib/api.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { Figure } from '../../ui/figure.tsx';
import { StatusWord } from './status-word.tsx';
import { useWayWords } from './use-way-words.ts';
import './analytics.css';

/** How a goal stands, in one line: figure, way gone, status in a word. */
export function GoalStanding({ goal }: { goal: Goal }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  const sayWay = useWayWords();
  const { data, error } = useQuery(api.analytics.progress.queryOptions({ input: { workspaceId, goalId: goal.id } }));
  if (error) return <p className="standing-quiet">{t('figures.notNow')}</p>;
  if (!data) return <div className="standing" />;
  const share = Math.max(0, Math.min(1, data.share ?? 0));
  return (
    <div className="standing">
      <div className="standing-figures">
        <Figure of={{ kind: 'goal', goalId: goal.id, on: null }} about={goal.title}>
          <strong>{data.value === null ? t('figures.none') : format.number(data.value)}</strong>
          {data.target === null ? null : <span>{t('figures.of', { target: format.number(data.target) })}</span>}
        </Figure>
        <StatusWord status={data.status} />
      </div>
      <div
        className={`standing-bar standing-${data.status}`}
        role="img"
        aria-label={sayWay(data) ?? t('figures.noShare')}
      >
        <div style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}
