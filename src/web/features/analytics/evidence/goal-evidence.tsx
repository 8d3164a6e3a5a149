import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvidenceItem, Progress } from '#contract/analytics.ts';
import type { Goal } from '#contract/strategy.ts';
import { api } from '../../../lib/api.ts';
import type { EvidenceAddress } from '../../../lib/evidence.ts';
import { todayIn } from '../../../lib/local-day.ts';
import { useMetricWords } from '../../../lib/metric-words.ts';
import { isOwnNetwork } from '../../../lib/networks.ts';
import { useChannels } from '../../../lib/use-everyone.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useNoteLook } from '../../../lib/use-note-look.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { ShowMore } from '../../../ui/show-more.tsx';
import { Waiting } from '../../../ui/waiting.tsx';
import { Gaps } from '../gaps.tsx';
import { EvidenceLine } from './evidence-line.tsx';
import { GoalDays } from './goal-days.tsx';
import { GoalReckoning } from './goal-reckoning.tsx';
import { RefreshGoal } from './refresh-figures.tsx';

/** What a goal's figure means and is made of, now or at the end of a day of its trend. */
export function GoalEvidence({ goalId, on }: { goalId: string; on: string | null }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const note = useNoteLook();
  useEffect(() => note(goalId), [note, goalId]);
  // Figure and evidence side by side must be of the same moment.
  const fresh = { refetchOnMount: 'always' } as const;
  const goal = useQuery(api.goals.get.queryOptions({ input: { workspaceId, goalId } }));
  const progress = useQuery({ ...api.analytics.progress.queryOptions({ input: { workspaceId, goalId } }), ...fresh });
  const failed = goal.error ? goal : progress.error ? progress : null;
  if (failed) return <FailureNotice error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!goal.data || !progress.data) return <Waiting label={t('app.loading')} />;
  return <GoalParts goal={goal.data} progress={progress.data} on={on} />;
}

function GoalParts({ goal, progress, on }: { goal: Goal; progress: Progress; on: string | null }) {
  const { t } = useTranslation();
  const { t: say } = useTranslation('evidence');
  const { id: workspaceId, zone } = useWorkspace();
  const format = useFormat();
  const words = useMetricWords();
  const channels = useChannels() ?? [];
  const made = useInfiniteQuery({
    ...api.analytics.evidence.infiniteOptions({
      input: (cursor: string | undefined) => ({
        workspaceId,
        goalId: goal.id,
        ...(on === null ? {} : { on }),
        ...(cursor ? { cursor } : {}),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next,
    }),
    refetchOnMount: 'always',
  });
  const { data, error, isPending, refetch } = made;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const value = on === null ? progress.value : (progress.series.find((it) => it.on === on)?.value ?? null);
  const to = [on ?? todayIn(zone), goal.deadlineOn].toSorted()[0] ?? goal.deadlineOn;
  const furtherOf = (item: EvidenceItem): EvidenceAddress => {
    if (item.deliveryId !== null)
      return { kind: 'delivery', deliveryId: item.deliveryId, metric: on === null ? null : goal.metric };
    if (isOwnNetwork(item.network) && goal.metric !== 'followers')
      return {
        kind: 'page',
        what: goal.metric === 'page-link-clicks' ? 'clicks' : 'views',
        span: { from: goal.startsOn, to },
        deliveryId: null,
      };
    return { kind: 'channel', channelId: item.channelId, metric: goal.metric };
  };
  return (
    <>
      <div className="evidence-figure">
        <strong>{value === null ? t('figures.none') : format.number(value)}</strong>
        <span>{words.name(goal.metric)}</span>
      </div>
      <p>{words.definition(goal.metric)}</p>
      <p className="standing-quiet">
        {on === null
          ? t('figures.asOf', { time: format.longDateTime(progress.asOf) })
          : say('onDay', { day: format.fullDate(on) })}
      </p>
      {on === null ? <Gaps gaps={progress.gaps} /> : null}
      {on === null ? <GoalReckoning goal={goal} progress={progress} /> : null}
      <h3>{t('evidence.madeOf')}</h3>
      {isPending ? <Waiting label={t('app.loading')} /> : null}
      {error ? <FailureNotice error={error} onRetry={() => void refetch()} /> : null}
      {data && items.length === 0 ? <p className="standing-quiet">{t('evidence.empty')}</p> : null}
      <ul className="evidence-list">
        {items.map((item) => (
          <EvidenceLine
            key={item.deliveryId ?? item.channelId}
            item={item}
            metric={goal.metric}
            channelName={channels.find((it) => it.id === item.channelId)?.name ?? item.network}
            further={furtherOf(item)}
            // What a figure was on another day stands among its looks.
            hasFigures={on === null}
          />
        ))}
      </ul>
      <ShowMore of={made} />
      {on === null ? <GoalDays goal={goal} series={progress.series} /> : null}
      {on === null ? <RefreshGoal goal={goal} /> : null}
    </>
  );
}
