import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DeliveryState } from '#contract/deliveries.ts';
import type { StatusDelivery } from '#contract/publishing-status.ts';
import { api } from '../../../lib/api.ts';
import type { EvidenceAddress } from '../../../lib/evidence.ts';
import { useNetworkName } from '../../../lib/networks.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useLateWords } from '../../../lib/use-late-words.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { Waiting } from '../../../ui/waiting.tsx';
import { DueLine } from './due-line.tsx';
import { LookAgain } from './refresh-figures.tsx';
import type { RenderState } from './render-state.ts';

interface StatusEvidenceProps {
  address: EvidenceAddress & { kind: 'status' };
  renderState: RenderState;
}

/** The deliveries that a number of the status page counts. */
export function StatusEvidence({ address, renderState }: StatusEvidenceProps) {
  const { t: web } = useTranslation();
  const { t } = useTranslation('status');
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  const { days, channelId, count, waits } = address;
  const input = {
    workspaceId,
    days,
    ...(count === null ? { waits } : { count }),
    ...(channelId === null ? {} : { channelId }),
  };
  const { data, error, refetch } = useQuery(api.publishing.statusDeliveries.queryOptions({ input }));
  if (error) return <FailureNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting label={web('app.loading')} />;
  return (
    <>
      <div className="evidence-figure">
        <strong>{format.number(data.total)}</strong>
        <span>{count === null ? t(`waiting.reason.${waits}`) : t(`count.${count}`)}</span>
      </div>
      <p>{t(`evidence.definition.${count === 'onTime' ? 'lateness' : 'other'}`)}</p>
      <p className="standing-quiet">
        {count === null ? t('evidence.sourceNow') : t('evidence.source', { span: t(`span.${days}`) })}
      </p>
      <h3>{t('evidence.list')}</h3>
      {data.items.length === 0 ? <p className="standing-quiet">{t('evidence.none')}</p> : null}
      <ul className="lines">
        {data.items.map((it) => (
          <StatusLine key={it.deliveryId} delivery={it} renderState={renderState} />
        ))}
      </ul>
      {data.total > data.items.length ? (
        <p className="standing-quiet">{t('evidence.tooMany', { number: format.number(data.items.length) })}</p>
      ) : null}
      <LookAgain explain={t('evidence.again')} />
    </>
  );
}

function StatusLine({ delivery, renderState }: { delivery: StatusDelivery; renderState: RenderState }) {
  const { t } = useTranslation('status');
  const networkName = useNetworkName();
  const format = useFormat();
  const late = useLateWords();
  const { dueAt, network, latenessMs, state } = delivery;
  return (
    <DueLine of={delivery}>
      {renderState({ state: state as DeliveryState, removedAt: null })} {format.dateTime(dueAt)} ·{' '}
      {networkName(network)}
      {latenessMs === null ? '' : ` · ${t('evidence.late', { late: late(latenessMs) })}`}
    </DueLine>
  );
}
