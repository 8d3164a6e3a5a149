import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * What the proxy does to calls: `refuse` takes no connections, `black-hole` takes them and says nothing,
 * `reset-after-request` lets the request through and breaks the line at the first byte of the answer, `reset-in-answer`
 * breaks it in the middle, `trickle` passes the answer a byte a second, `latency` half a minute late.
 */
export const manners = [
  'pass',
  'refuse',
  'black-hole',
  'reset-after-request',
  'reset-in-answer',
  'trickle',
  'latency',
] as const;
export type Manner = (typeof manners)[number];

/** A line between two servers on this machine that can be made bad. */
export interface LineProxy {
  port: number;
  /** From now on, also for lines that stand. `only`: for requests that begin so, all others pass. */
  behave(manner: Manner, only?: string): Promise<void>;
  /** Leads elsewhere from now on; lines that stand are cut. */
  pointTo(port: number): void;
  /** Requests that were treated badly since the beginning. */
  spoiled(): number;
  close(): Promise<void>;
}

const LATENCY_MS = 30_000;
const TRICKLE_MS = 1_000;

/** Opens a proxy on loopback before a port of this machine. It passes everything until it is told otherwise. */
export async function openProxy(target: number): Promise<LineProxy> {
  let upstreamPort = target;
  let manner: Manner = 'pass';
  let prefix = '';
  let spoiled = 0;
  const lines = new Set<Socket>();
  const server: Server = createServer((client) => {
    const upstream = connect(upstreamPort, '127.0.0.1');
    for (const line of [client, upstream]) {
      lines.add(line);
      line.on('close', () => lines.delete(line));
      line.on('error', () => undefined);
    }
    // How the request under way is treated, and what is left of an answer that trickles.
    let treated: Manner = 'pass';
    const timers = new Set<NodeJS.Timeout>();
    client.on('data', (bytes: Buffer) => {
      const isHead = /^[A-Z]{3,7} \//.test(bytes.subarray(0, 12).toString('latin1'));
      if (isHead || manner !== 'pass') {
        const isMeant = manner !== 'pass' && bytes.subarray(0, prefix.length).toString('latin1') === prefix;
        if (isHead || prefix === '') treated = isMeant ? manner : 'pass';
        if (isHead && isMeant) spoiled += 1;
      }
      if (treated !== 'black-hole') upstream.write(bytes);
    });
    upstream.on('data', (bytes: Buffer) => {
      if (treated === 'pass' || treated === 'refuse') client.write(bytes);
      else if (treated === 'reset-after-request') client.resetAndDestroy();
      else if (treated === 'reset-in-answer') {
        client.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => client.resetAndDestroy());
      } else if (treated === 'latency') later(() => client.write(bytes), LATENCY_MS);
      else if (treated === 'trickle') trickle(bytes, 0);
    });
    const later = (work: () => void, ms: number) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        if (!client.destroyed) work();
      }, ms);
      timers.add(timer);
    };
    const trickle = (bytes: Buffer, from: number) => {
      if (from >= bytes.length) return;
      client.write(bytes.subarray(from, from + 1));
      later(() => trickle(bytes, from + 1), TRICKLE_MS);
    };
    client.on('close', () => {
      for (const timer of timers) clearTimeout(timer);
      upstream.destroy();
    });
    upstream.on('close', () => {
      if (treated !== 'latency' && treated !== 'trickle') client.destroy();
    });
  });
  const listen = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  };
  const cut = () => {
    for (const line of lines) line.destroy();
  };
  const port = await listen(0);
  return {
    port,
    async behave(next, only = '') {
      manner = next;
      prefix = only;
      if (next === 'refuse') {
        server.close();
        cut();
      } else if (!server.listening) await listen(port);
    },
    pointTo(next) {
      upstreamPort = next;
      cut();
    },
    spoiled: () => spoiled,
    async close() {
      if (server.listening) server.close();
      cut();
    },
  };
}
