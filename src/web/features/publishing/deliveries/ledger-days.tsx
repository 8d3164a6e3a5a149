import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Delivery } from '#contract/deliveries.ts';
import type { DayReckoning } from '#contract/publishing.ts';
import { api } from '../../../lib/api.ts';
import { dayCounts } from '../../../lib/evidence.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { wallClock } from '../../../lib/wall-clock.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { Figure } from '../../../ui/figure.tsx';
import { DeliveryLine } from './delivery-line.tsx';

interface LedgerDaysProps {
  deliveries: Delivery[];
  /** Below the title of a part of the ledger, days are one level down. */
  isInPart?: boolean;
  /** Days whose line stands elsewhere on the screen. */
  saidElsewhere?: ReadonlySet<string>;
}

/** Deliveries under the local day on which they are due or went out, in the order given. */
export function LedgerDays({ deliveries, isInPart = false, saidElsewhere }: LedgerDaysProps) {
  const { zone } = useWorkspace();
  const format = useFormat();
  const reckonings = useReckonings();
  const Heading = isInPart ? 'h3' : 'h2';
  return [...groupByDay(deliveries, zone)].map(([day, items]) => (
    <section key={day} className="delivery-day">
      <Heading>{format.fullDate(day)}</Heading>
      {saidElsewhere?.has(day) ? null : <DayLine reckoning={reckonings.get(day)} />}
      <ul className="delivery-list">
        {items.map((it) => (
          <DeliveryLine key={it.id} delivery={it} showsPost />
        ))}
      </ul>
    </section>
  ));
}

/** Deliveries by local day (YYYY-MM-DD), each where its first stands. */
export const groupByDay = (deliveries: readonly Delivery[], zone: string): Map<string, Delivery[]> =>
  Map.groupBy(deliveries, (it) => wallClock(it.publishedAt ?? it.dueAt, zone).slice(0, 10));

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
