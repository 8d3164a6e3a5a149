import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEgress } from './create-egress.ts';

// Two servers on one port: the name `localhost` is said to be at 127.0.0.2, and the system knows it at 127.0.0.1.
const judged = createServer((_, answer) => answer.end('judged'));
const elsewhere = createServer((_, answer) => answer.end('elsewhere'));
let port = 0;

const listen = async (server: Server, host: string) => {
  server.listen(port, host);
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
};

beforeAll(async () => {
  await listen(judged, '127.0.0.2');
  await listen(elsewhere, '127.0.0.1');
});
afterAll(() => {
  judged.close();
  elsewhere.close();
});

test('the address that was judged is the one that is called, whatever the name means a moment later', async () => {
  const egress = createEgress({
    allowedRanges: ['127.0.0.2/32'],
    resolve: async () => [{ address: '127.0.0.2', family: 4 }],
  });
  try {
    const answer = await egress.fetch(`http://localhost:${port}/`);
    expect(answer.kind === 'answered' && answer.text()).toBe('judged');
  } finally {
    await egress.close();
  }
});
