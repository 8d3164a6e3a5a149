import { createDecipheriv, createECDH, createPublicKey, type ECDH, hkdfSync, randomBytes, verify } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as a browser gets it, after the service checked who sent it and the browser decrypted it. */
export interface ReceivedPush {
  subscription: TestSubscription;
  message: Record<string, unknown>;
  /** As it came over the wire. */
  body: Buffer;
  ttl: string;
  urgency: string;
  topic: string;
  /** Claims of the sender's signature. */
  claims: { aud: string; exp: number; sub: string };
}

/** What a browser gives to whoever may send to it. */
export interface TestSubscription {
  endpoint: string;
  p256dh: string;
  auth: string;
}

/** A push service on loopback, with browsers behind it, by RFC 8030, 8188, 8291 and 8292. */
export interface PushService {
  url: string;
  received: ReceivedPush[];
  /** Status that is answered instead of taking the next messages, one each. */
  answers: number[];
  /** A browser subscribes, for the sender with this public key alone. */
  subscribe(applicationServerKey: string): TestSubscription;
  stop(): Promise<void>;
}

interface Browser {
  subscription: TestSubscription;
  keys: ECDH;
  auth: Buffer;
  senderKey: string;
}

/** Starts the service on a free port. */
export async function startPushService(): Promise<PushService> {
  const browsers = new Map<string, Browser>();
  const received: ReceivedPush[] = [];
  const answers: number[] = [];
  let url = '';
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const answer = (status: number): void => void response.writeHead(status).end();
      const browser = browsers.get(request.url ?? '');
      const said = answers.shift();
      if (said !== undefined) return answer(said);
      if (request.method !== 'POST' || !browser) return answer(404);
      const { ttl, urgency, topic } = request.headers;
      if (ttl === undefined || !/^\d+$/.test(String(ttl))) return answer(400);
      if (topic !== undefined && !/^[\w-]{1,32}$/.test(String(topic))) return answer(400);
      if (body.byteLength > 4_096) return answer(413);
      const claims = checkSender(request, browser.senderKey, url);
      if (!claims) return answer(403);
      const message = JSON.parse(decrypt(body, browser).toString()) as Record<string, unknown>;
      received.push({
        subscription: browser.subscription,
        message,
        body,
        ttl: String(ttl),
        urgency: String(urgency),
        topic: String(topic),
        claims,
      });
      return answer(201);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    received,
    answers,
    subscribe(applicationServerKey) {
      const keys = createECDH('prime256v1');
      keys.generateKeys();
      const auth = randomBytes(16);
      const place = `/push/${randomBytes(16).toString('base64url')}`;
      const subscription = {
        endpoint: url + place,
        p256dh: keys.getPublicKey().toString('base64url'),
        auth: auth.toString('base64url'),
      };
      browsers.set(place, { subscription, keys, auth, senderKey: applicationServerKey });
      return subscription;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The claims when the sender is the one the browser subscribed for, and nothing in them is wrong; else null. */
function checkSender(request: IncomingMessage, senderKey: string, origin: string): ReceivedPush['claims'] | null {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(request.headers.authorization ?? '') ?? [];
  const [head = '', payload = '', signature = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  if (key !== senderKey || point.byteLength !== 65) return null;
  const publicKey = createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  });
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${payload}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  const { alg } = JSON.parse(Buffer.from(head, 'base64url').toString()) as { alg: string };
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as ReceivedPush['claims'];
  return isSigned && alg === 'ES256' && claims.aud === origin ? claims : null;
}

function decrypt(body: Buffer, { keys, auth }: Browser): Buffer {
  const salt = body.subarray(0, 16);
  const idBytes = body.readUInt8(20);
  const senderKey = body.subarray(21, 21 + idBytes);
  const sealed = body.subarray(21 + idBytes);
  const hkdf = (secret: Buffer, with_: Buffer, info: string | Buffer, bytes: number) =>
    Buffer.from(hkdfSync('sha256', secret, with_, info, bytes));
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), senderKey]);
  const material = hkdf(keys.computeSecret(senderKey), auth, info, 32);
  const decipher = createDecipheriv(
    'aes-128-gcm',
    hkdf(material, salt, 'Content-Encoding: aes128gcm\0', 16),
    hkdf(material, salt, 'Content-Encoding: nonce\0', 12),
  );
  decipher.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  const end = padded.findLastIndex((byte) => byte !== 0);
  if (padded[end] !== 2) throw new Error('the last record does not end as it should');
  return padded.subarray(0, end);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
