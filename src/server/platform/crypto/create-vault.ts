import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { VaultKey } from './load-keys.ts';
import { VaultError } from './vault-error.ts';

/** Where a sealed value lives. It opens nowhere else: a row copied over another one is refused. */
export interface SealedPlace {
  workspaceId: string;
  table: string;
  column: string;
  rowId: string;
}

/** Keeps secrets: AES-256-GCM under a key of each workspace, derived from the root key. */
export interface Vault {
  /** Seals a text for one place. The result is text: version, key id, nonce and ciphertext, separated by dots. */
  seal(text: string, place: SealedPlace): string;
  /** Opens what was sealed for this place; throws `VaultError` when key, place or value is another one. */
  open(sealed: string, place: SealedPlace): string;
  /** Whether a value was sealed with an older key; sealing it again moves it to the current one. */
  isOutdated(sealed: string): boolean;
  /**
   * 32 bytes for one purpose and no other, such as `session signature`. They come from the derivation root and stay the
   * same when the key changes: a rotation signs nobody out and locks nobody out of the database.
   */
  derive(purpose: string): Uint8Array;
  readonly currentKeyId: string;
}

export interface VaultOptions {
  /** The first one seals, all of them open. */
  keys: readonly VaultKey[];
  /** What purposes are derived from; the first key when absent. */
  root?: Uint8Array;
  /** Asked before every use: the keys when they have changed since the last time, else null. */
  reload?: () => readonly VaultKey[] | null;
}

/** Makes a vault of root keys. With `reload` it takes up a changed key without a restart. */
export function createVault({ keys, root, reload }: VaultOptions): Vault {
  let ring = makeRing(keys);
  const rootBytes = root ?? ring.current.bytes;
  const takeRing = (): Ring => {
    const changed = reload?.();
    if (changed) ring = makeRing(changed);
    return ring;
  };
  return {
    get currentKeyId() {
      return takeRing().current.id;
    },
    derive: (purpose) => deriveKey(rootBytes, `purpose|${purpose}`),
    isOutdated: (sealed) => parse(sealed).keyId !== takeRing().current.id,
    seal(text, place) {
      const ring = takeRing();
      const { current } = ring;
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', placeKey(ring, current, place), nonce);
      cipher.setAAD(associate(current.id, place));
      const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return [VERSION, current.id, nonce.toString('base64url'), bytes.toString('base64url')].join('.');
    },
    open(sealed, place) {
      const { keyId, nonce, ciphertext, tag } = parse(sealed);
      const ring = takeRing();
      const key = ring.byId.get(keyId);
      if (!key) throw unknownKey(keyId, [...ring.byId.keys()]);
      const decipher = createDecipheriv('aes-256-gcm', placeKey(ring, key, place), nonce);
      decipher.setAAD(associate(keyId, place)).setAuthTag(tag);
      try {
        return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
      } catch (error) {
        const where = `${place.table}.${place.column}`;
        throw new VaultError('tampered', `A value of ${where} was changed or moved after it was sealed.`, {
          cause: error,
        });
      }
    },
  };
}

interface Ring {
  current: VaultKey;
  byId: ReadonlyMap<string, VaultKey>;
  /** Keys that were made for workspaces, by the id of the key they were made of. */
  made: Map<string, Uint8Array>;
}

function makeRing(keys: readonly VaultKey[]): Ring {
  const [current] = keys;
  if (!current) throw new VaultError('key-unreadable', 'There is no key.');
  return { current, byId: new Map(keys.map((key) => [key.id, key])), made: new Map() };
}

const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const MOST_KEPT = 1_000;

function deriveKey(bytes: Uint8Array, label: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', bytes, new Uint8Array(), `goalpost|${label}`, 32));
}

/** A key for each workspace keeps the number of nonces under any one key small. Those made last are kept. */
function placeKey({ made }: Ring, key: VaultKey, { workspaceId }: SealedPlace): Uint8Array {
  const name = `${key.id} ${workspaceId}`;
  const kept = made.get(name);
  if (kept) return kept;
  const [oldest] = made.keys();
  if (oldest !== undefined && made.size >= MOST_KEPT) made.delete(oldest);
  const derived = deriveKey(key.bytes, `seal|${workspaceId}`);
  made.set(name, derived);
  return derived;
}

/** JSON, because its parts cannot run into each other whatever characters they hold. */
function associate(keyId: string, { workspaceId, table, column, rowId }: SealedPlace): Buffer {
  return Buffer.from(JSON.stringify([VERSION, keyId, workspaceId, table, column, rowId]));
}

function parse(sealed: string): { keyId: string; nonce: Buffer; ciphertext: Buffer; tag: Buffer } {
  const [version, keyId, nonceText, bytesText, ...rest] = sealed.split('.');
  const nonce = Buffer.from(nonceText ?? '', 'base64url');
  const bytes = Buffer.from(bytesText ?? '', 'base64url');
  const right = version === VERSION && nonce.byteLength === NONCE_BYTES && bytes.byteLength >= TAG_BYTES;
  if (!right || !keyId || rest.length > 0) throw new VaultError('malformed', 'This is not a sealed value.');
  return { keyId, nonce, ciphertext: bytes.subarray(0, -TAG_BYTES), tag: bytes.subarray(-TAG_BYTES) };
}

function unknownKey(keyId: string, held: readonly string[]): VaultError {
  return new VaultError(
    'key-unknown',
    `Stored credentials were sealed with key ${keyId}, but only ${held.join(', ')} is here. Put the old key back: as the file "key" ` +
      'in the data folder, or behind the new one in GOALPOST_KEY. Nothing was changed.',
  );
}
