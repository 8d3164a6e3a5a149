import { isIP } from 'node:net';

/** Parts of a list separated by commas, without blanks; none when it is not set. */
export function readList(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Whether a text is an address or a range in CIDR notation. */
export function isRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  if (bits === undefined) return true;
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128);
}

/** The origin of an http(s) address that has no path, query, fragment or name in it; else null. */
export function readOrigin(text: string): string | null {
  const url = readUrl(text, ['http:', 'https:']);
  const bare = url?.pathname === '/' && !(url.search || url.hash || url.username || url.password);
  return bare ? url.origin : null;
}

/** The address when it has one of the schemes and a host; else null. */
export function readUrl(text: string, schemes: readonly string[]): URL | null {
  const url = URL.parse(text);
  return url && schemes.includes(url.protocol) && url.host !== '' ? url : null;
}

/** Keys of 32 bytes in base64, separated by commas; null when one of them is not. */
export function readKeys(text: string): string[] | null {
  const keys = readList(text);
  const right = keys.every(
    (key) => /^[A-Za-z0-9+/_-]+={0,2}$/.test(key) && Buffer.from(key, 'base64').byteLength === 32,
  );
  return right && keys.length > 0 ? keys : null;
}
