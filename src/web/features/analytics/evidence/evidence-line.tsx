import { engagementParts } from 'virtual:contract';
import { useTranslation } from 'react-i18next';
import type { EvidenceItem } from '#contract/analytics.ts';
import type { MetricId } from '#contract/metrics.ts';
import type { EvidenceAddress } from '../../../lib/evidence.ts';
import { isOwnNetwork } from '../../../lib/networks.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { Figure } from '../../../ui/figure.tsx';
import { addressOf, FigureLine } from './figure-line.tsx';
import { LiveLink } from './live-link.tsx';

interface EvidenceLineProps {
  item: EvidenceItem;
  metric: MetricId;
  channelName: string;
  /** What its share is made of in turn. */
  further: EvidenceAddress;
  /** Shows the figures as they stand now. */
  hasFigures: boolean;
}

/** One post or channel and what it contributed, which opens further. */
export function EvidenceLine({ item, metric, channelName, further, hasFigures }: EvidenceLineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { zone } = useWorkspace();
  const { contributed, excerpt, network, publishedAt, removedAt, kind } = item;
  const shown: readonly MetricId[] = metric === 'engagement' ? engagementParts : [metric];
  const figures = hasFigures ? item.figures.filter((it) => shown.includes(it.metric)) : [];
  const title = kind === 'channel' ? channelName : excerpt || t('evidence.noText');
  const furtherOf = (of: MetricId): EvidenceAddress =>
    item.deliveryId === null
      ? further
      : addressOf({ deliveryId: item.deliveryId, metric: of, network, publishedAt, zone });
  return (
    <li className="evidence-line">
      <div className="evidence-head">
        <Figure of={further} about={title}>
          {contributed === null ? t('figures.none') : format.number(contributed)}
        </Figure>
        <div className="evidence-words">
          <p dir="auto">{title}</p>
          <p className="standing-quiet">
            {kind === 'channel'
              ? t('evidence.channel')
              : publishedAt
                ? t('evidence.onAt', { channel: channelName, time: format.dateTime(publishedAt) })
                : channelName}
          </p>
          {removedAt ? (
            <p className="standing-quiet">{t('evidence.removedOn', { time: format.dateTime(removedAt) })}</p>
          ) : null}
        </div>
      </div>
      <ul className="figure-lines">
        {figures.map((figure) => (
          <FigureLine key={figure.metric} figure={figure} of={furtherOf(figure.metric)} />
        ))}
      </ul>
      <div className="evidence-actions">
        {kind === 'delivery' && hasFigures ? (
          <Figure of={further} about={title} className="evidence-further">
            {/* A page knows nobody by name. */}
            {t(isOwnNetwork(network) ? 'deliveries.outcome' : 'evidence.whoDid')}
          </Figure>
        ) : null}
        {kind === 'channel' && isOwnNetwork(network) ? (
          <Figure of={further} about={title} className="evidence-further">
            {t('evidence.byDays')}
          </Figure>
        ) : null}
        <LiveLink of={item} isChannel={kind === 'channel'} />
      </div>
    </li>
  );
}
