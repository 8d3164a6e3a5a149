import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail as the server took it. */
export interface ReceivedMail {
  from: string;
  to: string[];
  /** Whether it came over an encrypted connection. */
  encrypted: boolean;
  /** Whole message as it came over the wire. */
  raw: string;
  /** By name in lower case, unfolded and decoded. */
  headers: Map<string, string>;
  /** Decoded parts by their media type. */
  parts: Map<string, string>;
}

/** A real mail server on loopback. Its certificate is self-signed. */
export interface SmtpServer {
  port: number;
  received: ReceivedMail[];
  /** Answers instead of taking the next mails, one each: `['451 later']`. */
  answers: string[];
  stop(): Promise<void>;
}

export interface SmtpOptions {
  login?: { name: string; password: string };
  /** Offers STARTTLS. */
  startTls?: boolean;
  /** TLS from the first byte. */
  secure?: boolean;
  /** Recipients that are refused for good, with 550. */
  unknown?: string[];
  port?: number;
}

/** Starts the server on a free port, or on one given. */
export async function startSmtpServer(options: SmtpOptions = {}): Promise<SmtpServer> {
  const { login, startTls = false, secure = false, unknown = [] } = options;
  const received: ReceivedMail[] = [];
  const answers: string[] = [];
  const server = new SMTPServer({
    secure,
    logger: false,
    authOptional: !login,
    allowInsecureAuth: true,
    ...(startTls || secure ? {} : { disabledCommands: login ? ['STARTTLS'] : ['STARTTLS', 'AUTH'] }),
    onAuth({ username, password }, _session, done) {
      const right = username === login?.name && password === login?.password;
      done(
        right ? null : answer('535 5.7.8 Authentication credentials invalid'),
        right ? { user: username } : undefined,
      );
    },
    onRcptTo({ address }, _session, done) {
      done(unknown.includes(address) ? answer('550 5.1.1 No such person here') : null);
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const said = answers.shift();
        if (said) return done(answer(said));
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          encrypted: session.secure,
          ...readMessage(Buffer.concat(chunks).toString('latin1')),
        });
        done(null, `2.0.0 Ok: queued as ${received.length}`);
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  return { port, received, answers, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

function answer(line: string): Error {
  const [code = '550', ...words] = line.split(' ');
  return Object.assign(new Error(words.join(' ')), { responseCode: Number(code) });
}

function readMessage(raw: string): Pick<ReceivedMail, 'raw' | 'headers' | 'parts'> {
  const { headers, body } = readEntity(raw);
  const boundary = /boundary="([^"]+)"/.exec(headers.get('content-type') ?? '')?.[1];
  const entities = boundary ? body.split(`--${boundary}`).slice(1, -1).map(readEntity) : [{ headers, body }];
  const parts = new Map(
    entities.map((entity) => [
      entity.headers.get('content-type')?.split(';')[0] ?? 'text/plain',
      Buffer.from(
        entity.body,
        entity.headers.get('content-transfer-encoding') === 'base64' ? 'base64' : 'latin1',
      ).toString('utf8'),
    ]),
  );
  return { raw, headers, parts };
}

function readEntity(raw: string): { headers: Map<string, string>; body: string } {
  const text = raw.replace(/^\r\n/, '');
  const end = text.indexOf('\r\n\r\n');
  const lines = text
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), decodeWords(line.slice(colon + 1).trim())];
    }),
  );
  return { headers, body: text.slice(end + 4) };
}

function decodeWords(value: string): string {
  const joined = value.replace(/\?=\s+=\?/g, '?==?');
  const decode = (_all: string, kind: string, text: string) =>
    kind.toUpperCase() === 'B'
      ? Buffer.from(text, 'base64').toString('utf8')
      : Buffer.from(
          text
            .replaceAll('_', ' ')
            .replace(/=([0-9A-F]{2})/gi, (_hex, digits: string) => String.fromCharCode(parseInt(digits, 16))),
          'latin1',
        ).toString('utf8');
  return joined.replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, decode);
}
