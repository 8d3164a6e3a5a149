import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvidenceItem, Progress } from '#contract/analytics.ts';
import type { Goal } from '#contract/strategy.ts';
import { api } from '../../lib/api.ts';
import { useMetricWords } from '../../lib/metric-words.ts';
import { useChannels } from '../../lib/use-everyone.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { IconBack } from '../../ui/icons.ts';
import { ShowMore } from '../../ui/show-more.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { Engagements } from './engagements.tsx';
import { EvidenceLine } from './evidence-line.tsx';
import { Gaps } from './gaps.tsx';

/** What a goal's figure means and is made of; one line opened shows who did what with that post. */
export function Evidence({ goal, progress }: { goal: Goal; progress: Progress }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  const words = useMetricWords();
  const channels = useChannels() ?? [];
  const [open, setOpen] = useState<EvidenceItem | null>(null);
  const made = useInfiniteQuery(
    api.analytics.evidence.infiniteOptions({
      input: (cursor: string | undefined) => ({ workspaceId, goalId: goal.id, ...(cursor ? { cursor } : {}) }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next,
    }),
  );
  const { data, error, isPending, refetch } = made;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const nameOf = (item: EvidenceItem) => channels.find((it) => it.id === item.channelId)?.name ?? item.network;
  if (open?.deliveryId) {
    return (
      <div className="evidence">
        <Button variant="subtle" leftSection={<IconBack size={18} />} onClick={() => setOpen(null)} autoFocus>
          {t('evidence.back')}
        </Button>
        <Engagements item={open} deliveryId={open.deliveryId} channelName={nameOf(open)} />
      </div>
    );
  }
  return (
    <div className="evidence">
      <div className="evidence-figure">
        <strong>{progress.value === null ? t('figures.none') : format.number(progress.value)}</strong>
        <span>{words.name(goal.metric)}</span>
      </div>
      <p>{words.definition(goal.metric)}</p>
      <p className="standing-quiet">{t('figures.asOf', { time: format.longDateTime(progress.asOf) })}</p>
      <Gaps gaps={progress.gaps} />
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
            channelName={nameOf(item)}
            onOpen={() => setOpen(item)}
          />
        ))}
      </ul>
      <ShowMore of={made} />
    </div>
  );
}
