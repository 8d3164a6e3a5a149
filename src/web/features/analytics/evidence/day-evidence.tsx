import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DeliveryState, LedgerView } from '#contract/deliveries.ts';
import { api } from '../../../lib/api.ts';
import { type DayCount, dayCounts } from '../../../lib/evidence.ts';
import { addDays } from '../../../lib/local-day.ts';
import { useNetworkName } from '../../../lib/networks.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { Figure } from '../../../ui/figure.tsx';
import { Waiting } from '../../../ui/waiting.tsx';
import { DueLine } from './due-line.tsx';
import { LookAgain } from './refresh-figures.tsx';
import type { RenderState } from './render-state.ts';

interface DayEvidenceProps {
  on: string;
  count: DayCount;
  renderState: RenderState;
}

/** What the ledger is asked for, by count. `all` leaves out what was cancelled, which is asked for by itself. */
const asked: Record<DayCount, readonly { show?: LedgerView; state?: DeliveryState }[]> = {
  due: [{ show: 'all' }, { state: 'cancelled' }],
  live: [{ state: 'published' }],
  underWay: [{ show: 'due' }],
  failed: [{ state: 'failed' }],
  held: [{ state: 'held' }],
  unconfirmed: [{ state: 'unconfirmed' }],
  cancelled: [{ state: 'cancelled' }],
};

/** The deliveries that were due on a local day and that one count of its reckoning is about. */
export function DayEvidence({ on, count, renderState }: DayEvidenceProps) {
  const { t: web } = useTranslation();
  const { t } = useTranslation('evidence');
  const { id: workspaceId, zone } = useWorkspace();
  const networkName = useNetworkName();
  const format = useFormat();
  const days = useQuery(api.publishing.days.queryOptions({ input: { workspaceId, from: on, to: on } }));
  const startOf = (day: string) => Temporal.PlainDate.from(day).toZonedDateTime(zone).toInstant().toString();
  const span = { from: startOf(on), to: startOf(addDays(on, 1)), limit: 200 };
  const [first = {}, second] = asked[count];
  const due = useQuery(api.deliveries.list.queryOptions({ input: { workspaceId, ...span, ...first } }));
  const others = useQuery({
    ...api.deliveries.list.queryOptions({ input: { workspaceId, ...span, ...second } }),
    enabled: second !== undefined,
  });
  const failed = [days, due, others].find((it) => it.error);
  if (failed) return <FailureNotice error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!days.data || !due.data || (second && !others.data)) return <Waiting label={web('app.loading')} />;
  const reckoning = days.data.items.find((it) => it.on === on);
  const items = [...due.data.items, ...(second ? (others.data?.items ?? []) : [])].toSorted((a, b) =>
    a.dueAt < b.dueAt ? -1 : 1,
  );
  const shown = dayCounts.filter((it) => it !== count && (reckoning?.[it] ?? 0) > 0);
  return (
    <>
      <div className="evidence-figure">
        <strong>{format.number(reckoning?.[count] ?? 0)}</strong>
        <span>{t(`day.${count}`)}</span>
      </div>
      <p>{t('day.definition')}</p>
      <p className="standing-quiet">{t('day.source')}</p>
      {shown.length > 0 ? (
        <div className="evidence-links">
          {shown.map((it) => (
            <Figure key={it} of={{ kind: 'day', on, count: it }}>
              {web(`deliveries.day.${it}`, { number: format.number(reckoning?.[it] ?? 0) })}
            </Figure>
          ))}
        </div>
      ) : null}
      <h3>{t('day.list')}</h3>
      {items.length === 0 ? <p className="standing-quiet">{t('day.none')}</p> : null}
      <ul className="lines">
        {items.map((it) => (
          <DueLine key={it.id} of={{ ...it, deliveryId: it.id }}>
            {renderState(it)} {format.time(it.dueAt)} · {networkName(it.network)}
          </DueLine>
        ))}
      </ul>
      {due.data.next ? <p className="standing-quiet">{t('day.tooMany', { number: format.number(200) })}</p> : null}
      <LookAgain explain={t('day.again')} />
    </>
  );
}
