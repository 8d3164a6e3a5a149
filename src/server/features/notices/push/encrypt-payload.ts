import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';

/** What a browser gave to encrypt for it: its public key (65 bytes, uncompressed P-256) and its secret (16 bytes). */
export interface Recipient {
  p256dh: Buffer;
  auth: Buffer;
}

/** One record holds every payload of ours. */
const RECORD_BYTES = 4_096;
/** What push services take at least (RFC 8030, 7.2), less the header and the tag. */
export const MOST_PAYLOAD_BYTES = 3_992;

/**
 * Encrypts one message for one browser, as RFC 8291 says (aes128gcm of RFC 8188), so that the push service in between
 * reads nothing. `salt` and `privateKey` are made anew for each message; a test gives those of the RFC's example.
 */
export function encryptPayload(
  payload: Buffer,
  { p256dh, auth }: Recipient,
  { salt = randomBytes(16), privateKey }: { salt?: Buffer; privateKey?: Buffer } = {},
): Buffer {
  if (payload.byteLength > MOST_PAYLOAD_BYTES) throw new Error('This message is too long for a push service.');
  const own = createECDH('prime256v1');
  if (privateKey) own.setPrivateKey(privateKey);
  else own.generateKeys();
  const publicKey = own.getPublicKey();
  const shared = own.computeSecret(p256dh);
  const keyInfo = Buffer.concat([Buffer.from('WebPush: info\0'), p256dh, publicKey]);
  const material = derive(shared, auth, keyInfo, 32);
  const key = derive(material, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derive(material, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  // 0x02 ends the last record.
  const record = Buffer.concat([
    cipher.update(payload),
    cipher.update(Buffer.of(2)),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(RECORD_BYTES);
  return Buffer.concat([salt, size, Buffer.of(publicKey.byteLength), publicKey, record]);
}

const derive = (secret: Buffer, salt: Buffer, info: Buffer, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, bytes));
