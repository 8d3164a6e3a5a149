import { useTranslation } from 'react-i18next';
import type { Figure as FigureValue } from '#contract/analytics.ts';
import type { MetricId } from '#contract/metrics.ts';
import type { EvidenceAddress } from '../../../lib/evidence.ts';
import { todayIn } from '../../../lib/local-day.ts';
import { useMetricWords } from '../../../lib/metric-words.ts';
import { isOwnNetwork, useNetworkName } from '../../../lib/networks.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { wallClock } from '../../../lib/wall-clock.ts';
import { Figure } from '../../../ui/figure.tsx';

/** A figure with its source: what it is called there, when it was fetched, and why nothing newer is here. */
export function FigureLine({ figure, of }: { figure: FigureValue; of: EvidenceAddress }) {
  const { t } = useTranslation();
  const networkName = useNetworkName();
  const format = useFormat();
  const words = useMetricWords();
  const { metric, value, fetchedAt, source, theirName, absence } = figure;
  return (
    <li>
      <span>
        <Figure of={of}>
          <strong>{value === null ? t('figures.none') : format.number(value)}</strong> {words.name(metric)}
        </Figure>
      </span>
      <span className="standing-quiet">
        {isOwnNetwork(source)
          ? t('evidence.countedHere')
          : t('evidence.source', { network: networkName(source), name: theirName })}
        {fetchedAt ? ` · ${t('evidence.fetched', { time: format.dateTime(fetchedAt) })}` : ''}
      </span>
      {absence ? <span className="figure-absence">{t(`absence.${absence}`)}</span> : null}
    </li>
  );
}

/** What one figure of a delivery opens: on the own page the days on which it was counted, else every look at it. */
export function addressOf(figure: {
  deliveryId: string;
  metric: MetricId;
  network: string;
  publishedAt: string | null;
  zone: string;
}): EvidenceAddress {
  const { deliveryId, metric, network, publishedAt, zone } = figure;
  const what = metric === 'post-views' ? 'views' : metric === 'post-link-clicks' ? 'clicks' : null;
  if (what === null || !isOwnNetwork(network) || publishedAt === null) return { kind: 'delivery', deliveryId, metric };
  const span = { from: wallClock(publishedAt, zone).slice(0, 10), to: todayIn(zone) };
  return { kind: 'page', what, span, deliveryId };
}
