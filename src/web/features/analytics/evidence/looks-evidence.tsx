import { engagementParts } from 'virtual:contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Look } from '#contract/analytics.ts';
import type { MetricId } from '#contract/metrics.ts';
import { api } from '../../../lib/api.ts';
import { useMetricWords } from '../../../lib/metric-words.ts';
import { useNetworkName } from '../../../lib/networks.ts';
import { useChannels } from '../../../lib/use-everyone.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { Figure } from '../../../ui/figure.tsx';
import { ShowMore } from '../../../ui/show-more.tsx';
import { Waiting } from '../../../ui/waiting.tsx';
import { RefreshDelivery } from './refresh-figures.tsx';

const toNext = {
  initialPageParam: undefined,
  getNextPageParam: (page: { next?: string | undefined }) => page.next,
};

/** Every look at one figure of a delivery. */
export function DeliveryLooks({ deliveryId, metric }: { deliveryId: string; metric: MetricId }) {
  const { t: web } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const networkName = useNetworkName();
  const format = useFormat();
  const looks = useInfiniteQuery(
    api.analytics.looks.infiniteOptions({
      input: (cursor: string | undefined) => ({ workspaceId, deliveryId, metric, ...(cursor ? { cursor } : {}) }),
      ...toNext,
    }),
  );
  const { data } = useQuery(api.analytics.figures.queryOptions({ input: { workspaceId, deliveryId } }));
  const figure = data?.figures.find((it) => it.metric === metric);
  return (
    <Looks of={looks} metric={metric} value={figure?.value ?? null}>
      {figure ? (
        <p className="standing-quiet">
          {web('evidence.source', { network: networkName(figure.source), name: figure.theirName })}
          {figure.fetchedAt ? ` · ${web('evidence.fetched', { time: format.dateTime(figure.fetchedAt) })}` : ''}
        </p>
      ) : null}
      {figure?.absence ? <p className="figure-absence">{web(`absence.${figure.absence}`)}</p> : null}
      {metric === 'engagement' ? <EngagementParts deliveryId={deliveryId} /> : null}
      <RefreshDelivery deliveryId={deliveryId} />
    </Looks>
  );
}

/** The figures of which engagement is the sum. */
function EngagementParts({ deliveryId }: { deliveryId: string }) {
  const { t: web } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  const words = useMetricWords();
  const { data } = useQuery(api.analytics.figures.queryOptions({ input: { workspaceId, deliveryId } }));
  const parts = data?.figures.filter((it) => (engagementParts as readonly MetricId[]).includes(it.metric)) ?? [];
  return (
    <ul className="figure-lines">
      {parts.map(({ metric, value }) => (
        <li key={metric}>
          <span>
            <Figure of={{ kind: 'delivery', deliveryId, metric }}>
              <strong>{value === null ? web('figures.none') : format.number(value)}</strong> {words.name(metric)}
            </Figure>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Every look at one figure of a channel as a whole. */
export function ChannelLooks({ channelId, metric }: { channelId: string; metric: MetricId }) {
  const { id: workspaceId } = useWorkspace();
  const networkName = useNetworkName();
  const channel = useChannels()?.find((it) => it.id === channelId);
  const looks = useInfiniteQuery(
    api.analytics.channelLooks.infiniteOptions({
      input: (cursor: string | undefined) => ({ workspaceId, channelId, metric, ...(cursor ? { cursor } : {}) }),
      ...toNext,
    }),
  );
  const last = looks.data?.pages[0]?.items.find((it) => it.value !== null);
  return (
    <Looks of={looks} metric={metric} value={last?.value ?? null}>
      {channel ? (
        <p className="standing-quiet">
          {channel.name} · {networkName(channel.network)}
        </p>
      ) : null}
    </Looks>
  );
}

interface LooksProps {
  of: {
    data: { pages: { items: Look[] }[] } | undefined;
    error: Error | null;
    isPending: boolean;
    refetch: () => Promise<unknown>;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => Promise<unknown>;
  };
  metric: MetricId;
  /** As it stands now. */
  value: number | null;
  children: ReactNode;
}

function Looks({ of, metric, value, children }: LooksProps) {
  const { t: web } = useTranslation();
  const { t } = useTranslation('evidence');
  const format = useFormat();
  const words = useMetricWords();
  const items = of.data?.pages.flatMap((page) => page.items) ?? [];
  const hasParts = items.some((it) => (it.part ?? 1) > 1);
  const nameOf = (look: Look) =>
    [
      look.metric === metric ? null : words.name(look.metric),
      hasParts && look.part !== null ? t('part', { number: format.number(look.part) }) : null,
    ]
      .filter(Boolean)
      .join(' · ');
  return (
    <>
      <div className="evidence-figure">
        <strong>{value === null ? web('figures.none') : format.number(value)}</strong>
        <span>{words.name(metric)}</span>
      </div>
      <p>{words.definition(metric)}</p>
      {children}
      <h3>{t('looks.title')}</h3>
      <p className="standing-quiet">{t('looks.explain')}</p>
      {of.isPending ? <Waiting label={web('app.loading')} /> : null}
      {of.error ? <FailureNotice error={of.error} onRetry={() => void of.refetch()} /> : null}
      {of.data && items.length === 0 ? <p className="standing-quiet">{t('looks.none')}</p> : null}
      {items.length > 0 ? (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('looks.when')}</th>
              <th scope="col">{t('looks.what')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((look) => (
              <tr key={`${look.at} ${look.metric} ${look.part}`}>
                <td>
                  {format.dateTime(look.at)}
                  {nameOf(look) ? <div className="standing-quiet">{nameOf(look)}</div> : null}
                </td>
                <td>{look.value === null ? <Why look={look} /> : format.number(look.value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <ShowMore of={of} />
    </>
  );
}

/** Why a look gave no figure. */
function Why({ look: { absence, fault } }: { look: Look }) {
  const { t } = useTranslation('evidence');
  return (
    <span className="figure-absence">
      {t(`why.${absence ?? 'not-fetched'}`)}
      {absence === 'failed' && fault ? ` ${t(`fault.${fault}`, { defaultValue: t('fault.other') })}` : ''}
    </span>
  );
}
