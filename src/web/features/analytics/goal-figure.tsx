import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Goal } from '#contract/strategy.ts';
import { api, client } from '../../lib/api.ts';
import { useMetricWords } from '../../lib/metric-words.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useReport } from '../../lib/use-report.ts';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { IconRefresh } from '../../ui/icons.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { SideSheet } from '../../ui/side-sheet.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { Evidence } from './evidence.tsx';
import { Gaps } from './gaps.tsx';
import { GoalTrend } from './goal-trend.tsx';
import { StatusWord } from './status-word.tsx';
import './analytics.css';

/** The figure of a goal, large, with its trend; pressed, it opens what it is made of. */
export function GoalFigure({ goal }: { goal: Goal }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  const words = useMetricWords();
  const report = useReport();
  const queries = useQueryClient();
  const mayRefresh = useMay('analytics.refresh');
  const [isOpen, setOpen] = useState(false);
  const [isFetching, setFetching] = useState(false);
  const { data, error, refetch } = useQuery(
    api.analytics.progress.queryOptions({ input: { workspaceId, goalId: goal.id } }),
  );
  if (error) return <FailureNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting label={t('app.loading')} />;
  const { value, target, status, share } = data;
  const look = () => {
    // Figure and evidence side by side must be of the same moment.
    void queries.invalidateQueries({ queryKey: api.analytics.key() });
    setOpen(true);
  };
  const refresh = async () => {
    setFetching(true);
    await report(async () => {
      const { queued } = await client.analytics.refresh({ workspaceId, goalId: goal.id });
      showToast({ text: queued > 0 ? t('figures.fetching', { count: queued }) : t('figures.nothingToFetch') });
      // The fetch is a job of its own; the figures arrive some moments after the answer.
      for (const ms of [1_500, 4_000, 8_000, 15_000]) {
        setTimeout(() => void queries.invalidateQueries({ queryKey: api.analytics.key() }), ms);
      }
    });
    setFetching(false);
  };
  return (
    <Sheet className="goal-figure">
      <div className="goal-figure-head">
        <button type="button" className="figure-button" onClick={look} aria-haspopup="dialog">
          <span className="figure-name">{words.name(goal.metric)}</span>
          <span className={value === null ? 'figure-value figure-unknown' : 'figure-value'}>
            {value === null ? t('figures.none') : format.number(value)}
          </span>
          <span className="figure-target">
            {target === null ? t('figures.noTarget') : t('figures.of', { target: format.number(target) })}
          </span>
          <span className="figure-open">{t('figures.open')}</span>
        </button>
        <div className="figure-aside">
          <StatusWord status={status} />
          <p>{t(`goalStatus.explain.${status}`)}</p>
          {share === null ? null : <p>{t('figures.share', { share: format.percent(share) })}</p>}
          <p className="standing-quiet">{t('figures.asOf', { time: format.dateTime(data.asOf) })}</p>
          {mayRefresh ? (
            <Button
              variant="default"
              loading={isFetching}
              leftSection={<IconRefresh size={18} />}
              onClick={() => void refresh()}
            >
              {t('figures.fetchNow')}
            </Button>
          ) : null}
        </div>
      </div>
      <Gaps gaps={data.gaps} />
      <GoalTrend goal={goal} progress={data} />
      <SideSheet
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        from="right"
        title={t('evidence.title')}
        closeLabel={t('app.close')}
      >
        <Evidence goal={goal} progress={data} />
      </SideSheet>
    </Sheet>
  );
}
