import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { quantile } from './benchmark.ts';
import type { OutsideProcess } from './outside.ts';

/** What no publisher can beat: in a Node that does nothing else, a timer a post and a call when it rings. */
export async function measureTimers(
  outside: OutsideProcess,
  { count }: { count: number },
): Promise<{ p50: number; p99: number }> {
  const first = Date.now() + 1_000;
  const times = Array.from({ length: count }, (_, index) => ({ key: randomUUID(), at: first + index * 20 }));
  const script = `for (const { key, at } of ${JSON.stringify(times)}) setTimeout(() => {
    fetch('${outside.url}/posts', { method: 'POST', body: JSON.stringify({ key }) }).then((r) => r.arrayBuffer());
  }, at - Date.now());`;
  const child = spawn(process.execPath, ['--eval', script], { stdio: 'inherit' });
  await once(child, 'exit');
  const due = new Map<string, number>(times.map(({ key, at }) => [key, at]));
  const late = (await outside.arrivals()).map(({ key, at }) => Math.max(0, at - (due.get(key) ?? at)));
  return { p50: quantile(late, 0.5), p99: quantile(late, 0.99) };
}
