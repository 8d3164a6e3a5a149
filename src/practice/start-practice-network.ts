import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type Answer, sendAnswer } from './answer.ts';
import { answerApi } from './api/answer-api.ts';
import { shapeRefusal } from './api/misbehave.ts';
import { answerControl } from './control/answer-control.ts';
import { holdFolder } from './hold-folder.ts';
import { openNetwork } from './network.ts';
import { answerPages } from './pages/answer-pages.ts';
import { ApiRefusal } from './refusal.ts';

/** A practice network that answers. */
export interface PracticeNetwork {
  /** What a person enters as the server. */
  url: string;
  /** Opens the switches; whoever has it can make the network misbehave. */
  controlUrl: string;
  controlSecret: string;
  /** The append-only file of everything that was accepted. */
  ledgerFile: string;
  stop(): Promise<void>;
}

/**
 * Starts the practice network on loopback, on what is kept in `folder`. Port 0 chooses a free one. `say` is told, line
 * by line, what a person has to know. Rejects when the port is taken or another process works in the folder.
 */
export async function startPracticeNetwork({
  port,
  folder,
  say = () => undefined,
}: {
  port: number;
  folder: string;
  say?: (line: string) => void;
}): Promise<PracticeNetwork> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const letGo = holdFolder(folder);
  try {
    const network = openNetwork(folder);
    const controlSecret = keepSecret(path.join(folder, 'control-secret'));
    const server = createServer((request, response) => void handle(request, response));
    await listen(port).catch((error: NodeJS.ErrnoException) => {
      network.close();
      if (error.code !== 'EADDRINUSE') throw error;
      throw new Error(`Port ${port} is taken. Name another one.`);
    });
    const bound = (server.address() as AddressInfo).port;
    const url = `http://127.0.0.1:${bound}`;
    let outage: NodeJS.Timeout | null = null;

    const goOut = (ms: number) => {
      if (outage) return;
      server.close();
      server.closeAllConnections();
      outage = setTimeout(() => {
        outage = null;
        void listen(bound);
      }, ms);
    };
    const handle = async (request: IncomingMessage, response: ServerResponse) => {
      // The page, the API and control ask for no other name, so a foreign one that leads here is up to something.
      const { host } = request.headers;
      const at = host && isLoopback(host) ? readUrl(request.url ?? '/', `http://${host}`) : null;
      const answer = at ? await answerSafely(request, at) : shapeRefusal(421, 'wrong-host', 'Not at this address.');
      if (network.clock.skewMs !== 0) {
        response.setHeader('date', new Date(Date.now() + network.clock.skewMs).toUTCString());
      }
      await sendAnswer(response, answer);
    };
    const answerSafely = async (request: IncomingMessage, at: URL): Promise<Answer> => {
      try {
        if (at.pathname.startsWith('/api/')) return await answerApi(network, request, at);
        if (at.pathname.startsWith('/control')) {
          return await answerControl({ network, goOut: (ms) => setImmediate(goOut, ms) }, controlSecret, request, at);
        }
        return await answerPages(network, request, at);
      } catch (error) {
        if (error instanceof ApiRefusal) return shapeRefusal(error.status, error.error, error.message, error.more);
        if (request.destroyed && !request.complete) return { status: 0, body: '', manner: 'dropped' };
        say(`Bug: ${error instanceof Error ? error.stack : String(error)}`);
        return shapeRefusal(500, 'bug', 'The practice network itself went wrong.');
      }
    };

    const controlUrl = `${url}/control?secret=${controlSecret}`;
    say(`The practice network is ready: ${url}`);
    say(`To make it misbehave, open ${controlUrl}`);
    say(`What it accepted stands in ${network.posts.ledgerFile}`);
    return {
      url,
      controlUrl,
      controlSecret,
      ledgerFile: network.posts.ledgerFile,
      async stop() {
        if (outage) clearTimeout(outage);
        server.closeAllConnections();
        if (server.listening) await new Promise((resolve) => server.close(resolve));
        network.close();
        letGo();
      },
    };

    async function listen(at: number): Promise<void> {
      server.listen(at, '127.0.0.1');
      await once(server, 'listening');
    }
  } catch (error) {
    letGo();
    throw error;
  }
}

const isLoopback = (host: string): boolean => /^(127\.0\.0\.1|localhost)(:\d{1,5})?$/.test(host);

const readUrl = (path: string, origin: string): URL | null =>
  path.startsWith('/') && URL.canParse(path, origin) ? new URL(path, origin) : null;

/** The same over restarts, so that an open page of switches goes on working. */
function keepSecret(file: string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const secret = randomBytes(18).toString('base64url');
  writeFileSync(file, secret, { mode: 0o600 });
  return secret;
}
