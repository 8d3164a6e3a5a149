import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { ShowMore } from '../../../ui/show-more.tsx';
import { Waiting } from '../../../ui/waiting.tsx';
import { groupByDay, LedgerDays } from './ledger-days.tsx';
import { type Ledger, useLedger } from './use-ledger.ts';

/**
 * All of the ledger with what is nearest to now in sight: what waits for a person, what goes out next, and what went out
 * last, each a page at a time. `empty` stands there while there is nothing at all.
 */
export function WholeLedger({ empty }: { empty: ReactNode }) {
  const { t } = useTranslation();
  const { zone } = useWorkspace();
  const decide = useLedger({ show: 'decide', limit: 20 });
  const due = useLedger({ show: 'due', limit: 20 });
  const done = useLedger({ show: 'done', state: 'published', limit: 20 });
  const parts = [decide, due, done];
  const failed = parts.find((it) => it.error);
  if (failed) return <FailureNotice error={failed.error} onRetry={() => void retry(parts)} />;
  // Together: nothing moves under the fingers when the last of them arrives.
  if (parts.some((it) => it.isPending)) return <Waiting label={t('app.loading')} />;
  if (parts.every((it) => it.deliveries.length === 0)) return empty;
  const daysOf = (ledger: Ledger) => [...groupByDay(ledger.deliveries, zone).keys()];
  const dueDays = daysOf(due);
  return (
    <>
      <Part title={t('deliveries.view.decide')} of={decide} saidElsewhere={new Set([...dueDays, ...daysOf(done)])} />
      <Part title={t('deliveries.view.due')} of={due} />
      <Part title={t('deliveries.view.done')} of={done} saidElsewhere={new Set(dueDays)} />
    </>
  );
}

interface PartProps {
  title: string;
  of: Ledger;
  saidElsewhere?: ReadonlySet<string>;
}

function Part({ title, of, saidElsewhere }: PartProps) {
  if (of.deliveries.length === 0) return null;
  return (
    <section className="ledger-part">
      <h2>{title}</h2>
      <LedgerDays deliveries={of.deliveries} isInPart {...(saidElsewhere ? { saidElsewhere } : {})} />
      <ShowMore of={of} about={title} />
    </section>
  );
}

const retry = (parts: Ledger[]) => Promise.all(parts.filter((it) => it.error).map((it) => it.refetch()));
