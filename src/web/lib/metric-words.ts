import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetricId } from '#contract/metrics.ts';

/** What the catalogue calls a metric. */
export interface MetricWords {
  name: (metric: MetricId) => string;
  definition: (metric: MetricId) => string;
}

/** Names and definitions of the metrics in the reader's language. */
export function useMetricWords(): MetricWords {
  const { t } = useTranslation('metrics');
  return useMemo(
    () => ({ name: (metric) => t(`${metric}.name`), definition: (metric) => t(`${metric}.definition`) }),
    [t],
  );
}
