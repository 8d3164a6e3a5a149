import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A key and a certificate that nobody has signed but itself, for one host name and one day. */
export function makeCertificate(host: string): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(wrap(0x31, sequence(oid('550403'), wrap(0x0c, Buffer.from(host)))));
  const day = 86_400_000;
  const validity = sequence(utcTime(Date.now() - day), utcTime(Date.now() + day));
  const names = sequence(wrap(0x82, Buffer.from(host)));
  const extensions = wrap(0xa3, sequence(sequence(oid('551d11'), wrap(0x04, names))));
  const version = wrap(0xa0, wrap(0x02, Buffer.from([2])));
  const serial = wrap(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)]));
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const body = sequence(version, serial, ecdsaWithSha256, name, validity, name, spki, extensions);
  const signature = wrap(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]));
  const der = sequence(body, ecdsaWithSha256, signature);
  const lines = der
    .toString('base64')
    .match(/.{1,64}/g)
    ?.join('\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}

/** One value of DER: its tag, its length, its bytes. */
function wrap(tag: number, bytes: Buffer): Buffer {
  const { length } = bytes;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), bytes]);
}

const sequence = (...parts: Buffer[]): Buffer => wrap(0x30, Buffer.concat(parts));
const oid = (hex: string): Buffer => wrap(0x06, Buffer.from(hex, 'hex'));
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));

function utcTime(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/\D/g, '').slice(2, 14);
  return wrap(0x17, Buffer.from(`${digits}Z`));
}
