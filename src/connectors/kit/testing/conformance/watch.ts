import assert from 'node:assert/strict';
import type { ConnectorLog } from '../../contract.ts';
import type { Trial } from './trial.ts';

/** Runs with a log that keeps everything, and fails when a secret stands in it. */
export async function losesNothing(
  trial: Trial,
  secrets: string[],
  run: (log: ConnectorLog) => Promise<void>,
): Promise<void> {
  const lines: string[] = [];
  const keep = (fields: Record<string, unknown>, message: string) => void lines.push(`${message} ${written(fields)}`);
  await run({ debug: keep, warn: keep });
  for (const line of lines) {
    for (const secret of secrets) {
      assert.ok(
        !line.includes(secret),
        `${trial.network} logs a secret: ${line.replaceAll(secret, '…').slice(0, 300)}`,
      );
    }
  }
}

/** Everything that a line could come to hold, errors with their causes among it. */
function written(fields: unknown): string {
  const seen = new WeakSet<object>();
  return JSON.stringify(fields, (_key, value: unknown) => {
    if (typeof value === 'bigint') return String(value);
    if (typeof value !== 'object' || value === null) return value;
    if (seen.has(value)) return '…';
    seen.add(value);
    if (value instanceof Error) return { ...value, words: value.message, stack: value.stack, cause: value.cause };
    return value;
  });
}

/** Notes whoever of a network's own code asks what time it is, until it is stopped. */
export function watchClock(network: string): { seen: string[]; stop(): void } {
  const seen: string[] = [];
  const own = new RegExp(`/src/connectors/(${network}|kit)/`);
  const RealDate = globalThis.Date;
  const realNow = performance.now;
  const note = (what: string): void => {
    const frames = (new Error(what).stack ?? '').split('\n').slice(1);
    // Whoever asks stands right above us; what it calls in turn (the house's own client) may ask.
    const caller = frames.find((line) => !line.includes('/kit/testing/')) ?? '';
    if (own.test(caller)) seen.push(`${what} ${caller.trim()}`);
  };
  globalThis.Date = new Proxy(RealDate, {
    construct(target, args, newTarget) {
      if (args.length === 0) note('new Date()');
      return Reflect.construct(target, args, newTarget) as object;
    },
    get(target, name, receiver) {
      if (name === 'now') note('Date.now()');
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
  performance.now = () => {
    note('performance.now()');
    return realNow.call(performance);
  };
  return {
    seen,
    stop() {
      globalThis.Date = RealDate;
      performance.now = realNow;
    },
  };
}
