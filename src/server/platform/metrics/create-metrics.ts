import type { Metrics } from '../context/context.ts';
import { addProcessFigures } from './process-figures.ts';
import { contentType, createRegistry } from './registry.ts';

/** What the database says of the whole installation at one moment. */
export interface Figures {
  /** When it was asked, by the house's clock. */
  at: Date;
  deliveries: readonly { state: string; n: number }[];
  overdue: number;
  oldestOverdueSeconds: number;
  /** Seconds from when each post was due until it was live, of those that became so since the last time. */
  lateness: readonly number[];
  /** Of the same, until the first byte went out; only what went by the timetable. */
  startLateness: readonly number[];
  workers: number;
  jobs: readonly { queue: string; waiting: number; failed: number }[];
  factsWaiting: number;
  mailsWaiting: number;
  mailsGivenUp: number;
  /** What networks want no calls for, and how much longer. */
  limitsHeld: readonly { network: string; scope: string; operation: string; seconds: number }[];
}

export interface MetricsOptions {
  pool: { totalCount: number; idleCount: number; waitingCount: number };
  /** Asked when the page is; `since` is when it was asked the last time. */
  readFigures: (since: Date | null) => Promise<Figures>;
}

/** However often the page is read, the database is asked at most so often. */
const FRESH_MS = 2_000;

/** Makes the counters of a process. Counting costs about a microsecond; nothing runs by itself. */
export function createMetrics({ pool, readFigures }: MetricsOptions): Metrics {
  const registry = createRegistry();
  const { counter, gauge, histogram } = registry;
  const requests = counter('goalpost_http_requests_total', 'Requests answered, by operation and status class.');
  const durations = histogram(
    'goalpost_http_request_duration_seconds',
    'Time until a request was answered.',
    [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  );
  const egress = counter(
    'goalpost_egress_requests_total',
    'Requests to the outside, by who made them and how they ended (status class, or why there was no answer).',
  );
  const lateness = histogram(
    'goalpost_delivery_lateness_seconds',
    'Time from when a post was due until it was live.',
    [0.5, 1, 2, 5, 10, 30, 60, 300, 1_800, 3_600],
  );
  const startLateness = histogram(
    'goalpost_delivery_start_lateness_seconds',
    'Time from when a post was due until its first byte went out, of those that nothing and nobody told to wait.',
    [0.1, 0.25, 0.5, 1, 2, 4, 10, 30, 60, 300, 3_600],
  );
  const deliveries = gauge('goalpost_deliveries', 'Deliveries by state; published ones of the last day.');
  const overdue = gauge('goalpost_deliveries_overdue', 'Deliveries that are due and do not move.');
  const oldest = gauge('goalpost_delivery_oldest_overdue_seconds', 'How late the oldest overdue delivery is.');
  const workers = gauge('goalpost_workers', 'Workers that are up.');
  const waiting = gauge('goalpost_jobs_waiting', 'Jobs that wait or run, by queue.');
  const failed = gauge('goalpost_jobs_failed', 'Jobs that ran out of tries within a day, by queue.');
  const facts = gauge('goalpost_facts_waiting', 'Facts that not every hearer has heard.');
  const mails = gauge('goalpost_mails_waiting', 'Mails that have not been accepted yet.');
  const lost = gauge('goalpost_mails_given_up', 'Mails that were given up within a week.');
  const limits = gauge('goalpost_limit_held', 'Accounts, apps and servers that a network’s limit holds back.');
  const limitSeconds = gauge('goalpost_limit_held_seconds', 'How much longer the longest of them waits.');
  const connections = gauge('goalpost_database_connections', 'Connections of the pool, by what they do.');
  const reached = gauge('goalpost_database_up', 'Whether the database answered this time.');
  addProcessFigures(registry);

  let askedAt = -Infinity;
  let since: Date | null = null;
  const ask = async () => {
    connections.set({ state: 'busy' }, pool.totalCount - pool.idleCount);
    connections.set({ state: 'idle' }, pool.idleCount);
    connections.set({ state: 'wanted' }, pool.waitingCount);
    if (performance.now() - askedAt < FRESH_MS) return;
    askedAt = performance.now();
    const figures = await readFigures(since).catch(() => null);
    reached.set({}, figures ? 1 : 0);
    if (!figures) return;
    since = figures.at;
    for (const each of [deliveries, waiting, failed, limits, limitSeconds]) each.reset();
    const held = Map.groupBy(figures.limitsHeld, (it) => `${it.network} ${it.scope} ${it.operation}`);
    for (const [first, ...others] of held.values()) {
      if (!first) continue;
      const labels = { network: first.network, scope: first.scope, operation: first.operation };
      limits.set(labels, 1 + others.length);
      limitSeconds.set(labels, Math.max(...[first, ...others].map((it) => it.seconds)));
    }
    for (const { state, n } of figures.deliveries) deliveries.set({ state }, n);
    for (const { queue, waiting: n, failed: lostJobs } of figures.jobs) {
      waiting.set({ queue }, n);
      failed.set({ queue }, lostJobs);
    }
    for (const seconds of figures.lateness) lateness.observe({}, seconds);
    for (const seconds of figures.startLateness) startLateness.observe({}, seconds);
    overdue.set({}, figures.overdue);
    oldest.set({}, figures.oldestOverdueSeconds);
    workers.set({}, figures.workers);
    facts.set({}, figures.factsWaiting);
    mails.set({}, figures.mailsWaiting);
    lost.set({}, figures.mailsGivenUp);
  };

  return {
    countCall({ operation, status, durationMs }) {
      requests.inc({ operation, status: `${Math.floor(status / 100)}xx` });
      durations.observe({ operation }, durationMs / 1000);
    },
    countEgress: (by, outcome) => egress.inc({ by, outcome }),
    async render() {
      await ask();
      return { contentType, text: registry.write() };
    },
  };
}
