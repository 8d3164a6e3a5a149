/** Values of labels, by their names. Whoever counts sees to it that there are few. */
export type Labels = Readonly<Record<string, string>>;

export interface Counter {
  inc(labels: Labels): void;
}

export interface Gauge {
  set(labels: Labels, value: number): void;
  /** Forgets every value, so that what is no more does not go on being told. */
  reset(): void;
}

export interface Histogram {
  observe(labels: Labels, value: number): void;
}

/** Keeps figures in plain maps and writes them in Prometheus' text format 0.0.4. */
export interface Registry {
  counter(name: string, help: string): Counter;
  gauge(name: string, help: string): Gauge;
  /** `read` is asked when the page is. */
  reading(name: string, help: string, read: () => number, type?: 'counter' | 'gauge'): void;
  /** `bounds` are the upper ends of its buckets, rising. */
  histogram(name: string, help: string, bounds: readonly number[]): Histogram;
  write(): string;
}

export const contentType = 'text/plain; version=0.0.4; charset=utf-8';

export function createRegistry(): Registry {
  const families: (() => string[])[] = [];
  const add = (name: string, help: string, type: string, lines: () => string[]): void => {
    families.push(() => [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines()]);
  };
  return {
    counter(name, help) {
      const values = new Map<string, number>();
      add(name, help, 'counter', () => writeAll(name, values));
      return {
        inc(labels) {
          const key = writeLabels(labels);
          values.set(key, (values.get(key) ?? 0) + 1);
        },
      };
    },
    gauge(name, help) {
      const values = new Map<string, number>();
      add(name, help, 'gauge', () => writeAll(name, values));
      return { set: (labels, value) => values.set(writeLabels(labels), value), reset: () => values.clear() };
    },
    reading(name, help, read, type = 'gauge') {
      add(name, help, type, () => [`${name} ${read()}`]);
    },
    histogram(name, help, bounds) {
      const series = new Map<string, Series>();
      add(name, help, 'histogram', () => [...series.values()].flatMap((each) => writeSeries(name, bounds, each)));
      return {
        observe(labels, value) {
          const key = writeLabels(labels);
          const known = series.get(key) ?? { labels, buckets: bounds.map(() => 0), count: 0, sum: 0 };
          series.set(key, known);
          known.count += 1;
          known.sum += value;
          const at = bounds.findIndex((bound) => value <= bound);
          if (at >= 0) known.buckets[at] = (known.buckets[at] ?? 0) + 1;
        },
      };
    },
    write: () => `${families.flatMap((family) => family()).join('\n')}\n`,
  };
}

interface Series {
  labels: Labels;
  /** How many fell into each bucket and into none below it. */
  buckets: number[];
  count: number;
  sum: number;
}

const writeAll = (name: string, values: ReadonlyMap<string, number>): string[] =>
  [...values].map(([labels, value]) => `${name}${labels} ${value}`);

function writeSeries(name: string, bounds: readonly number[], { labels, buckets, count, sum }: Series): string[] {
  let below = 0;
  const steps = bounds.map((bound, i) => {
    below += buckets[i] ?? 0;
    return `${name}_bucket${writeLabels({ ...labels, le: String(bound) })} ${below}`;
  });
  const own = writeLabels(labels);
  return [
    ...steps,
    `${name}_bucket${writeLabels({ ...labels, le: '+Inf' })} ${count}`,
    `${name}_sum${own} ${sum}`,
    `${name}_count${own} ${count}`,
  ];
}

function writeLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeText(value)}"`);
  return pairs.length > 0 ? `{${pairs.join(',')}}` : '';
}

const escapeText = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
