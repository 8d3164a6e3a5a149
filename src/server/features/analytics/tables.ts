import type { z } from 'zod';
import type { Absence } from '#contract/analytics.ts';
import type { MetricId } from '#contract/metrics.ts';

/** Why a figure has no newer value, as it is kept; `not-fetched` is the absence of a row. */
export type KeptAbsence = Exclude<z.infer<typeof Absence>, 'not-fetched'>;

/** A look at one figure, as it was answered. `deliveryId` null: of the channel itself. */
export type NewReading = {
  channelId: string;
  deliveryId: string | null;
  metric: MetricId;
} & ({ state: 'value'; value: number } | { state: KeptAbsence; fault: string | null });

/** How one figure stands. */
export type FigureRow = {
  channel_id: string;
  subject_id: string;
  metric: MetricId;
  value: number | null;
  value_at: Date | null;
  absence: KeptAbsence | null;
};

/** What one look gave. `key` tells apart what was looked at in the same moment. */
export type LookRow = {
  key: string;
  subject_id: string;
  metric: MetricId;
  value: number | null;
  absence: KeptAbsence | null;
  fault: string | null;
  fetched_at: Date;
};

/** First and last good value of one figure on one local day. */
export type DailyRow = { subject_id: string; metric: MetricId; on_day: string; first_value: number; value: number };

/** A subject whose turn has come. */
export type DuePlan = {
  channel_id: string;
  delivery_id: string | null;
  published_at: Date | null;
  engagements_stale: boolean;
  /** Until when nobody else takes it. */
  taken_until: Date;
};
