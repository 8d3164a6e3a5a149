import { memo, useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import type { LedgerView } from '#contract/deliveries.ts';
import { useMay, useWorkspace } from '../../../lib/workspace.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { LinkButton } from '../../../ui/link-button.tsx';
import { Page } from '../../../ui/page.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { EmptyState } from '../../../ui/sheet.tsx';
import { ShowMore } from '../../../ui/show-more.tsx';
import { Waiting } from '../../../ui/waiting.tsx';
import { DecideAll } from './decide-all.tsx';
import { LedgerDays } from './ledger-days.tsx';
import { PausePosts } from './standing-holds.tsx';
import { useLedger } from './use-ledger.ts';
import { WholeLedger } from './whole-ledger.tsx';
import './deliveries.css';

/** The ledger: everything that is due, on its way, out, or stuck. */
export function DeliveriesScreen({ view, onView }: { view: LedgerView; onView: (view: LedgerView) => void }) {
  const { t } = useTranslation();
  // What is chosen is shown at once; a long ledger is drawn behind it, in slices.
  const shown = useDeferredValue(view);
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
      <Shown view={shown} />
    </Page>
  );
}

const Shown = memo(function Shown({ view }: { view: LedgerView }) {
  return view === 'all' ? <WholeLedger empty={<NothingYet />} /> : <OnePart view={view} />;
});

function OnePart({ view }: { view: Exclude<LedgerView, 'all'> }) {
  const { t } = useTranslation();
  const ledger = useLedger({ show: view, limit: 50 });
  const { deliveries, isPending, error } = ledger;
  return (
    <>
      {isPending ? <Waiting label={t('app.loading')} /> : null}
      {error ? <FailureNotice error={error} onRetry={() => void ledger.refetch()} /> : null}
      {ledger.data && deliveries.length === 0 ? <p>{t(`deliveries.none.${view}`)}</p> : null}
      {view === 'decide' ? <DecideAll /> : null}
      <LedgerDays deliveries={deliveries} />
      <ShowMore of={ledger} />
    </>
  );
}

function NothingYet() {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const mayWrite = useMay('posts.create');
  return (
    <EmptyState
      title={t('deliveries.empty.title')}
      action={
        mayWrite ? (
          <LinkButton to="/w/$workspaceId/compose" params={{ workspaceId }}>
            {t('app.compose')}
          </LinkButton>
        ) : null
      }
    >
      <p>{t('deliveries.empty.text')}</p>
    </EmptyState>
  );
}
