/**
 * What is outside of Goalpost, in a process of its own: a network that answers every post after a while and remembers when
 * each came, and callers of the API at a steady pace. Asked and told over the parent's channel.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CallerOptions, Outside } from './outside.ts';

let answerAfterMs = 50;
const taken = new Set<string>();
const arrivals: { key: string; at: number }[] = [];
let callers: NodeJS.Timeout | undefined;
const calls = { answered: 0, failed: 0, durations: [] as number[] };

const now = () => performance.timeOrigin + performance.now();

const server = createServer((request, response) => {
  const at = now();
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { key } = JSON.parse(Buffer.concat(chunks).toString() || '{}') as { key?: string };
    const known = key !== undefined && taken.has(key);
    if (request.method === 'POST' && key) {
      arrivals.push({ key, at });
      taken.add(key);
    }
    const answer = () => {
      response.writeHead(known || request.method === 'POST' ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ id: key }));
    };
    if (answerAfterMs === 0) answer();
    else setTimeout(answer, answerAfterMs);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  tell({ kind: 'ready', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});

function tell(message: Outside): void {
  process.send?.(message);
}

type Asked =
  | { ask: 'arrivals' | 'count' | 'forget' | 'calls' }
  | { ask: 'slow'; byMs: number }
  | { ask: 'call'; caller: CallerOptions };

process.on('message', (message: Asked) => {
  switch (message.ask) {
    case 'count':
      return tell({ kind: 'count', count: taken.size });
    case 'slow':
      answerAfterMs = message.byMs;
      return tell({ kind: 'done' });
    case 'arrivals':
      return tell({ kind: 'arrivals', arrivals });
    case 'forget':
      arrivals.length = 0;
      taken.clear();
      return tell({ kind: 'done' });
    case 'call':
      callers = setInterval(() => void call(message.caller), message.caller.everyMs);
      return tell({ kind: 'done' });
    case 'calls':
      clearInterval(callers);
      return tell({ kind: 'calls', ...calls });
  }
});
process.on('disconnect', () => process.exit(0));

async function call({ urls, headers }: CallerOptions): Promise<void> {
  const url = urls[(calls.answered + calls.failed) % urls.length] ?? '';
  const startedAt = now();
  try {
    const response = await fetch(url, { headers });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${response.status}`);
    calls.answered += 1;
    calls.durations.push(now() - startedAt);
  } catch {
    calls.failed += 1;
  }
}
