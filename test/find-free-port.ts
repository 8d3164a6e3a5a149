import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port of loopback at which nothing listens now; whoever asked takes it soon, before somebody else does. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('The machine gave no free port.');
  return address.port;
}
