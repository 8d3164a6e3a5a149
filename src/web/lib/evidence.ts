import type { MetricId } from '#contract/metrics.ts';
import type { StatusCount, WaitingReason } from '#contract/publishing-status.ts';

/** The counts of a day's reckoning. */
export const dayCounts = ['due', 'live', 'underWay', 'failed', 'held', 'unconfirmed', 'cancelled'] as const;
export type DayCount = (typeof dayCounts)[number];

/** How far the status page looks back, in days. */
export const windows = [1, 7, 30] as const;
export type StatusWindow = (typeof windows)[number];

/** A number of the page that says how publishing is doing: a count of its window, or what waits now for a reason. */
export type StatusNumber = { count: StatusCount; waits: null } | { count: null; waits: WaitingReason };

/** What a figure is made of, as a place that can be opened, linked and opened further. Dates are local days. */
export type EvidenceAddress =
  /** A goal's figure; `on`: as it stood at the end of that day. */
  | { kind: 'goal'; goalId: string; on: string | null }
  /** What came of a delivery; with a metric every look at it. */
  | { kind: 'delivery'; deliveryId: string; metric: MetricId | null }
  /** Every look at a figure of a channel as a whole. */
  | { kind: 'channel'; channelId: string; metric: MetricId }
  /** What was counted on the own page: in the last 28 days or in a span, of all posts or of one delivery. */
  | { kind: 'page'; what: 'views' | 'clicks'; span: { from: string; to: string } | null; deliveryId: string | null }
  /** The deliveries that were due on a day, or those of them that one count is about. */
  | { kind: 'day'; on: string; count: DayCount }
  /** The deliveries that a number of the status page counts: of all channels or of one. */
  | ({ kind: 'status'; days: StatusWindow; channelId: string | null } & StatusNumber)
  /** The goals that serve an objective. */
  | { kind: 'objective'; objectiveId: string };

const FIELD = '.';
const STEP = '_';
const isId = (text: string | undefined): text is string => text !== undefined && /^[0-9a-f-]{36}$/.test(text);
const isDay = (text: string | undefined): text is string => text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text);
/** Reads like a metric; whether there is one of this name, the catalogue says. */
const isMetric = (text: string | undefined): text is MetricId => text !== undefined && /^[a-z]+(-[a-z]+)*$/.test(text);

/** An address as it stands in the search of a screen's own address. */
export function writeEvidence(address: EvidenceAddress): string {
  switch (address.kind) {
    case 'goal':
      return join('goal', address.goalId, address.on);
    case 'delivery':
      return join('delivery', address.deliveryId, address.metric);
    case 'channel':
      return join('channel', address.channelId, address.metric);
    case 'page':
      return join('page', address.what, address.span?.from, address.span?.to, address.deliveryId);
    case 'day':
      return join('day', address.on, address.count);
    case 'status':
      return join(
        'status',
        String(address.days),
        address.count ? `is-${address.count}` : `waits-${address.waits}`,
        address.channelId,
      );
    case 'objective':
      return join('objective', address.objectiveId);
  }
}

const join = (...fields: (string | null | undefined)[]): string => fields.filter(Boolean).join(FIELD);

/** Reads an address, or null when the text is none. */
export function readEvidence(text: string): EvidenceAddress | null {
  const [kind, first, second, third, fourth] = text.split(FIELD);
  switch (kind) {
    case 'goal':
      return isId(first) ? { kind, goalId: first, on: isDay(second) ? second : null } : null;
    case 'delivery':
      return isId(first) ? { kind, deliveryId: first, metric: isMetric(second) ? second : null } : null;
    case 'channel':
      return isId(first) && isMetric(second) ? { kind, channelId: first, metric: second } : null;
    case 'page':
      return first === 'views' || first === 'clicks'
        ? {
            kind,
            what: first,
            span: isDay(second) && isDay(third) ? { from: second, to: third } : null,
            deliveryId: isId(fourth) ? fourth : null,
          }
        : null;
    case 'day': {
      const count = dayCounts.find((it) => it === second);
      return isDay(first) && count ? { kind, on: first, count } : null;
    }
    case 'status':
      return readStatus(first, second, third);
    case 'objective':
      return isId(first) ? { kind, objectiveId: first } : null;
    default:
      return null;
  }
}

/** Whether there is a count or a reason of this name, the server says. */
function readStatus(window?: string, number?: string, channelId?: string): EvidenceAddress | null {
  const days = windows.find((it) => String(it) === window);
  const [, how, name] = /^(is|waits)-([A-Za-z]+(?:-[a-z]+)*)$/.exec(number ?? '') ?? [];
  if (!days || !name) return null;
  const of = { kind: 'status' as const, days, channelId: isId(channelId) ? channelId : null };
  return how === 'is'
    ? { ...of, count: name as StatusCount, waits: null }
    : { ...of, count: null, waits: name as WaitingReason };
}

/** The way from the figure on the screen down to what is looked at now. */
export const writeTrail = (trail: readonly EvidenceAddress[]): string => trail.map(writeEvidence).join(STEP);

/** Reads a way; null when a step of it is no address. */
export function readTrail(text: string): EvidenceAddress[] | null {
  const steps = text.split(STEP).map(readEvidence);
  const known = steps.filter((it) => it !== null);
  return known.length === steps.length ? known : null;
}
