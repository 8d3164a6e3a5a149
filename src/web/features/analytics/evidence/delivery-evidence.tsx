import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Delivery } from '#contract/deliveries.ts';
import { api } from '../../../lib/api.ts';
import { useNetworkName } from '../../../lib/networks.ts';
import { useChannels } from '../../../lib/use-everyone.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { Waiting } from '../../../ui/waiting.tsx';
import { Acts } from './acts.tsx';
import { addressOf, FigureLine } from './figure-line.tsx';
import { LiveLink } from './live-link.tsx';
import { RefreshDelivery } from './refresh-figures.tsx';
import type { RenderState } from './render-state.ts';

interface DeliveryEvidenceProps {
  deliveryId: string;
  renderState: RenderState;
}

/** What came of one post on one channel: its parts, all its figures, and who did what with it. */
export function DeliveryEvidence({ deliveryId, renderState }: DeliveryEvidenceProps) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const { data, error, refetch } = useQuery(api.deliveries.get.queryOptions({ input: { workspaceId, deliveryId } }));
  if (error) return <FailureNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting label={t('app.loading')} />;
  return (
    <>
      <DeliveryWords delivery={data} renderState={renderState} />
      {data.parts.some((it) => it.state === 'published') ? <Outcome delivery={data} /> : <NotLive />}
    </>
  );
}

function NotLive() {
  const { t: say } = useTranslation('evidence');
  return <p>{say('delivery.notLive')}</p>;
}

function DeliveryWords({ delivery, renderState }: { delivery: Delivery; renderState: RenderState }) {
  const { t } = useTranslation();
  const { t: say } = useTranslation('evidence');
  const { id: workspaceId } = useWorkspace();
  const networkName = useNetworkName();
  const format = useFormat();
  const channel = useChannels()?.find((it) => it.id === delivery.channelId)?.name ?? networkName(delivery.network);
  const { excerpt, publishedAt, dueAt, parts, postId } = delivery;
  return (
    <>
      <blockquote className="evidence-post" dir="auto">
        {excerpt || t('evidence.noText')}
      </blockquote>
      <p className="standing-quiet">{t('evidence.onAt', { channel, time: format.dateTime(publishedAt ?? dueAt) })}</p>
      <div>{renderState(delivery)}</div>
      {parts.length > 1 ? (
        <ol className="lines">
          {parts.map((part, index) => (
            <li key={part.position} className="line">
              <span>{say('part', { number: format.number(index + 1) })}</span>
              {renderState({ state: part.state, removedAt: null })}
            </li>
          ))}
        </ol>
      ) : null}
      <div className="evidence-links">
        <Link className="quiet-link" to="/w/$workspaceId/posts/$postId" params={{ workspaceId, postId }} search={{}}>
          {say('delivery.openPost')}
        </Link>
        <LiveLink of={delivery} />
      </div>
    </>
  );
}

function Outcome({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation();
  const { id: workspaceId, zone } = useWorkspace();
  const { id: deliveryId, network, publishedAt, removedAt } = delivery;
  const { data, error, refetch } = useQuery(api.analytics.figures.queryOptions({ input: { workspaceId, deliveryId } }));
  if (error) return <FailureNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting label={t('app.loading')} />;
  return (
    <>
      <h3>{t('evidence.figures')}</h3>
      <ul className="figure-lines">
        {data.figures.map((figure) => (
          <FigureLine
            key={figure.metric}
            figure={figure}
            of={addressOf({ deliveryId, metric: figure.metric, network, publishedAt, zone })}
          />
        ))}
      </ul>
      {removedAt ? null : <RefreshDelivery deliveryId={deliveryId} />}
      <Acts deliveryId={deliveryId} figures={data.figures} />
    </>
  );
}
