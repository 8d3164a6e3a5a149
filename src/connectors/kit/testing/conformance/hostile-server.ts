import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** What a server can do to whoever calls it. */
export type HostileAnswer =
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body?: unknown }
  /** Announces the whole body, sends half of it and breaks the line. */
  | { kind: 'broken-off'; status: number; body: string }
  /** So many bytes of one JSON text; `packed`: as gzip, small on the line. */
  | { kind: 'huge'; sizeBytes: number; packed?: boolean }
  /** Takes the request and says nothing more. */
  | { kind: 'silent' }
  /** A byte now and then, for ever. */
  | { kind: 'dripping' }
  /** Closes the line without an answer. */
  | { kind: 'closed' }
  /** Is not there: nobody listens. */
  | { kind: 'unreachable' };

/** An answer that is whole, and means trouble or not. */
export const answering = (status: number, body: unknown = {}, headers: Record<string, string> = {}): HostileAnswer => ({
  kind: 'answer',
  status,
  headers,
  body,
});

export interface HostileServer {
  /** An address that answers in this way. */
  addressOf(answer: HostileAnswer): string;
  /** How much of one huge answer a caller let come, at most. */
  readonly mostSentBytes: number;
  stop(): Promise<void>;
}

/** Starts a server on loopback that answers as badly as it is told. */
export async function startHostileServer(): Promise<HostileServer> {
  const answers = new Map<string, HostileAnswer>();
  let mostSentBytes = 0;
  const server = createServer((request, response) => {
    request.resume();
    response.on('error', () => undefined);
    const answer = answers.get(request.url ?? '');
    answers.delete(request.url ?? '');
    request.on('end', () => {
      if (answer?.kind !== 'huge') return give(response, answer);
      void pour(response, answer).then((bytes) => {
        mostSentBytes = Math.max(mostSentBytes, bytes);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  let count = 0;
  return {
    addressOf(answer) {
      if (answer.kind === 'unreachable') return 'http://127.0.0.1:1/';
      count += 1;
      answers.set(`/${count}`, answer);
      return `http://127.0.0.1:${port}/${count}`;
    },
    get mostSentBytes() {
      return mostSentBytes;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function give(response: ServerResponse, answer: Exclude<HostileAnswer, { kind: 'huge' }> | undefined): void {
  switch (answer?.kind) {
    case 'answer': {
      const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {});
      response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
      response.end(answer.status === 204 || answer.status === 304 ? undefined : body);
      return;
    }
    case 'broken-off': {
      const body = Buffer.from(answer.body);
      response.writeHead(answer.status, { 'content-type': 'application/json', 'content-length': body.length + 10 });
      response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
      return;
    }
    case 'silent':
      return;
    case 'dripping': {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
      return;
    }
    default:
      response.destroy();
  }
}

const pieceBytes = 64 * 1024;
const packages = new Map<number, Buffer>();

/** Sends until all is sent or nobody takes it any more; how much the other side let come. */
async function pour(response: ServerResponse, { sizeBytes, packed = false }: { sizeBytes: number; packed?: boolean }) {
  if (packed) {
    const body = packages.get(sizeBytes) ?? gzipSync(`{"a":"${'x'.repeat(sizeBytes)}"}`);
    packages.set(sizeBytes, body);
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(body);
    return 0;
  }
  let isClosed = false;
  let goOn = (): void => undefined;
  response.on('close', () => {
    isClosed = true;
    goOn();
  });
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"a":"');
  const piece = Buffer.alloc(pieceBytes, 'x');
  let sent = 0;
  while (sent < sizeBytes && !isClosed) {
    sent += piece.length;
    if (!response.write(piece)) {
      await new Promise<void>((resolve) => {
        goOn = resolve;
        response.once('drain', resolve);
      });
    }
  }
  response.end('"}');
  return sent;
}
