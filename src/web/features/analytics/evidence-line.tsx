import { engagementParts } from 'virtual:contract';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EvidenceItem } from '#contract/analytics.ts';
import type { MetricId } from '#contract/metrics.ts';
import { isOwnNetwork } from '../../lib/networks.ts';
import { useFormat } from '../../lib/use-format.ts';
import { IconChevronRight, IconExternal } from '../../ui/icons.ts';
import { FigureLine } from './figure-line.tsx';

interface EvidenceLineProps {
  item: EvidenceItem;
  metric: MetricId;
  channelName: string;
  onOpen: () => void;
}

/** One post or channel and what it contributed; it opens when there can be people behind it: the own page knows nobody by name. */
export function EvidenceLine({ item, metric, channelName, onOpen }: EvidenceLineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { contributed, excerpt, publishedAt, removedAt, address, kind } = item;
  const shown: readonly MetricId[] = metric === 'engagement' ? engagementParts : [metric];
  const figures = item.figures.filter((it) => shown.includes(it.metric));
  return (
    <li className="evidence-line">
      <div className="evidence-head">
        <strong className="evidence-value">
          {contributed === null ? t('figures.none') : format.number(contributed)}
        </strong>
        <div className="evidence-words">
          <p dir="auto">{kind === 'channel' ? channelName : excerpt || t('evidence.noText')}</p>
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
          <FigureLine key={figure.metric} figure={figure} />
        ))}
      </ul>
      <div className="evidence-actions">
        {kind === 'delivery' && !isOwnNetwork(item.network) ? (
          <Button variant="default" rightSection={<IconChevronRight size={18} />} onClick={onOpen}>
            {t('evidence.whoDid')}
          </Button>
        ) : null}
        {address && !removedAt ? (
          <a className="quiet-link" href={address} target="_blank" rel="noreferrer">
            {t('evidence.live')}
            <IconExternal size={16} />
          </a>
        ) : null}
      </div>
    </li>
  );
}
