import { useTranslation } from 'react-i18next';
import type { Figure } from '#contract/analytics.ts';
import { useMetricWords } from '../../lib/metric-words.ts';
import { isOwnNetwork, useNetworkName } from '../../lib/networks.ts';
import { useFormat } from '../../lib/use-format.ts';

/** A figure with its source: what it is called there, when it was fetched, and why nothing newer is here. */
export function FigureLine({ figure }: { figure: Figure }) {
  const { t } = useTranslation();
  const networkName = useNetworkName();
  const format = useFormat();
  const words = useMetricWords();
  const { metric, value, fetchedAt, source, theirName, absence } = figure;
  return (
    <li>
      <span>
        <strong>{value === null ? t('figures.none') : format.number(value)}</strong> {words.name(metric)}
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
