import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 200 });

/** Headers that are about one connection only. */
const ofConnection = new Set(['connection', 'keep-alive', 'proxy-authorization', 'te', 'trailer', 'upgrade']);

/**
 * Passes a call on to a café on loopback and its answer back, both as they come, so that what is told over time is told
 * over time. Answers 502 when nobody is there.
 */
export function passOn(
  asked: IncomingMessage,
  answer: ServerResponse,
  { port, secure }: { port: number; secure: boolean },
): void {
  const headers = Object.fromEntries(Object.entries(asked.headers).filter(([name]) => !ofConnection.has(name)));
  for (const name of Object.keys(headers)) if (/^(x-forwarded-|forwarded$)/.test(name)) delete headers[name];
  const passed = request({
    agent,
    host: '127.0.0.1',
    port,
    method: asked.method ?? 'GET',
    path: asked.url ?? '/',
    headers: {
      ...headers,
      'x-forwarded-for': asked.socket.remoteAddress ?? '127.0.0.1',
      'x-forwarded-proto': secure ? 'https' : 'http',
    },
  });
  passed.on('response', (given) => {
    answer.writeHead(given.statusCode ?? 502, given.headers);
    given.pipe(answer);
    given.on('error', () => answer.destroy());
  });
  passed.on('error', () => {
    if (answer.headersSent) answer.destroy();
    else answer.writeHead(502, { 'content-type': 'text/plain' }).end();
  });
  answer.on('close', () => passed.destroy());
  asked.pipe(passed);
}
