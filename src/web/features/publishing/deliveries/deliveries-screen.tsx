import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DayReckoning, Delivery, LedgerView } from '#contract/deliveries.ts';
import { api } from '../../../lib/api.ts';
import { dayCounts } from '../../../lib/evidence.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { wallClock } from '../../../lib/wall-clock.ts';
import { useMay, useWorkspace } from '../../../lib/workspace.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { Figure } from '../../../ui/figure.tsx';
import { LinkButton } from '../../../ui/link-button.tsx';
import { Page } from '../../../ui/page.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { EmptyState } from '../../../ui/sheet.tsx';
import { ShowMore } from '../../../ui/show-more.tsx';
import { Waiting } from '../../../ui/waiting.tsx';
import { DeliveryLine } from './delivery-line.tsx';
import { PausePosts } from './standing-holds.tsx';
import './deliveries.css';

/** The ledger: everything that is due, on its way, out, or stuck. */
export function DeliveriesScreen({ view, onView }: { view: LedgerView; onView: (view: LedgerView) => void }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const mayWrite = useMay('posts.create');
  const ledger = useInfiniteQuery(
    api.deliveries.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ workspaceId, show: view, limit: 50, ...(cursor ? { cursor } : {}) }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next,
    }),
  );
  const items = ledger.data?.pages.flatMap((page) => page.items) ?? [];
  const isEmpty = ledger.data !== undefined && items.length === 0;
  const write = mayWrite ? (
    <LinkButton to="/w/$workspaceId/compose" params={{ workspaceId }}>
      {t('app.compose')}
    </LinkButton>
  ) : null;
  return (
    <Page title={t('rooms.deliveries')} lead={t('deliveries.lead')} actions={<PausePosts />}>
      <div>
        <Segmented
          label={t('deliveries.show')}
          value={view}
          options={(['all', 'decide', 'due', 'done'] as const).map((value) => ({
            value,
            label: t(`deliveries.view.${value}`),
          }))}
          onChange={onView}
        />
      </div>
      {ledger.isPending ? <Waiting label={t('app.loading')} /> : null}
      {ledger.error ? <FailureNotice error={ledger.error} onRetry={() => void ledger.refetch()} /> : null}
      {isEmpty && view === 'all' ? (
        <EmptyState title={t('deliveries.empty.title')} action={write}>
          <p>{t('deliveries.empty.text')}</p>
        </EmptyState>
      ) : null}
      {isEmpty && view !== 'all' ? <p>{t(`deliveries.none.${view}`)}</p> : null}
      <Days deliveries={items} />
      <ShowMore of={ledger} />
    </Page>
  );
}

function Days({ deliveries }: { deliveries: Delivery[] }) {
  const { zone } = useWorkspace();
  const format = useFormat();
  const reckonings = useReckonings();
  const days = Map.groupBy(deliveries, (it) => wallClock(it.publishedAt ?? it.dueAt, zone).slice(0, 10));
  return [...days].map(([day, items]) => (
    <section key={day} className="delivery-day">
      <h2>{format.fullDate(day)}</h2>
      <DayLine reckoning={reckonings.get(day)} />
      <ul className="delivery-list">
        {items.map((it) => (
          <DeliveryLine key={it.id} delivery={it} showsPost />
        ))}
      </ul>
    </section>
  ));
}

/** What became of what was due, by local day. */
function useReckonings(): ReadonlyMap<string, DayReckoning> {
  const { id: workspaceId } = useWorkspace();
  const days = useQuery(api.publishing.days.queryOptions({ input: { workspaceId } }));
  return new Map((days.data?.items ?? []).map((it) => [it.on, it]));
}

/** A day in one line: how many were due, and where they stand. Nothing is said of what there is none of. */
function DayLine({ reckoning }: { reckoning: DayReckoning | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!reckoning || reckoning.due === 0) return null;
  return (
    <p className="delivery-reckoning figures">
      {dayCounts
        .filter((it) => reckoning[it] > 0)
        .map((it) => (
          <Figure key={it} of={{ kind: 'day', on: reckoning.on, count: it }} about={format.date(reckoning.on)}>
            {t(`deliveries.day.${it}`, { number: format.number(reckoning[it]) })}
          </Figure>
        ))}
    </p>
  );
}
