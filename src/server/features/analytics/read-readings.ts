import type { Reading } from '#connectors/kit/contract.ts';
import type { Fault } from '#connectors/kit/faults.ts';
import type { Manifest } from '#connectors/kit/manifest.ts';
import type { MetricId } from '#contract/metrics.ts';
import type { KeptAbsence, NewReading } from './tables.ts';

interface Subject {
  channelId: string;
  deliveryId: string | null;
}

/** What the network measures of posts, or of the account, on this day. */
export function offeredMetrics(manifest: Manifest, of: 'post' | 'account', today: string): MetricId[] {
  return manifest.metrics
    .filter(
      (m) => m.of === of && (m.since === undefined || m.since <= today) && (m.until === undefined || today <= m.until),
    )
    .map((m) => m.metric);
}

/** A network's answer about one subject as readings to keep. What it did not mention was not read: no row at all. */
export function readAnswer(subject: Subject, readings: Partial<Record<MetricId, Reading>>): NewReading[] {
  return Object.entries(readings).map(([metric, reading]) =>
    readOne({ ...subject, metric: metric as MetricId }, reading),
  );
}

function readOne(about: Subject & { metric: MetricId }, reading: Reading): NewReading {
  switch (reading.state) {
    case 'value':
      // A figure that is no number is an answer we cannot use.
      return Number.isFinite(reading.value)
        ? { ...about, state: 'value', value: reading.value }
        : { ...about, state: 'failed', fault: 'contract-broken' };
    case 'no-permission':
      return { ...about, state: 'no-permission', fault: reading.permission };
    case 'not-offered':
    case 'gone':
      return { ...about, state: reading.state, fault: null };
  }
}

/** A call that failed, as the reading of everything it asked for. */
export function readFailure(subject: Subject, metrics: readonly MetricId[], fault: Fault): NewReading[] {
  const state: KeptAbsence = fault.kind === 'permission-missing' ? 'no-permission' : 'failed';
  return metrics.map((metric) => ({ ...subject, metric, state, fault: fault.kind }));
}
