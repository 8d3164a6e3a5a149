/** Where people reach a business besides its counter: by a web address, or by its name in a place for messages. */
export const contactWays = ['link', 'line', 'whatsapp', 'messenger', 'instagram'] as const;
export type ContactWay = (typeof contactWays)[number];

/** A telephone number as an address that calls it; null when it is none. 5 to 15 digits (E.164), in any script. */
export function shapePhoneUrl(text: string): string | null {
  const plain = [...text.trim()].map(asDigit).join('');
  if (!/^\+?[\d\s().-]+$/.test(plain)) return null;
  const digits = plain.replace(/\D/g, '');
  return digits.length < 5 || digits.length > 15 ? null : `tel:${plain.startsWith('+') ? '+' : ''}${digits}`;
}

/**
 * Where one orders or writes, as an address that opens it; null when what was written leads nowhere. A web address is
 * taken whichever way was chosen. LINE: an official account's @name or a person's id; WhatsApp: a number with its
 * country code; Messenger: the name of the page; Instagram: the account’s name. Forms of the addresses:
 * developers.line.biz/en/docs/line-login/using-line-url-scheme, faq.whatsapp.com/5913398998672934,
 * developers.facebook.com/docs/messenger-platform/discovery/m-me-links,
 * developers.facebook.com/docs/messenger-platform/instagram/features/ig-me-links, 2026-11-23.
 */
export function shapeContactUrl(way: ContactWay, text: string): string | null {
  const written = text.trim();
  const address = readWebAddress(written);
  // A name may look like an address (corner.bakery), so only the places' own hosts go without https:// there.
  if (address !== null && (way === 'link' || /^https?:/i.test(written) || ownHosts.test(address))) return address;
  const name = written.replace(/^@/, '');
  switch (way) {
    case 'link':
      return null;
    case 'line':
      if (!/^[\w.-]{2,30}$/.test(name)) return null;
      return written.startsWith('@') ? `https://line.me/R/ti/p/%40${name}` : `https://line.me/ti/p/~${name}`;
    case 'whatsapp': {
      const number = shapePhoneUrl(written)?.replace(/\D/g, '') ?? '';
      // Without a country code nobody knows whom to ring.
      return number === '' || number.startsWith('0') ? null : `https://wa.me/${number}`;
    }
    case 'messenger':
      return /^[A-Za-z0-9.]{2,60}$/.test(name) ? `https://m.me/${name}` : null;
    case 'instagram':
      return /^[A-Za-z0-9._]{1,30}$/.test(name) ? `https://ig.me/m/${name}` : null;
  }
}

const ownHosts =
  /^https:\/\/(?:[\w-]+\.)*(?:line\.me|lin\.ee|wa\.me|whatsapp\.com|m\.me|messenger\.com|facebook\.com|ig\.me|instagram\.com)\//;

/** `bakery.example/menu` and `https://bakery.example/menu` alike; null for what has no host of several parts. */
function readWebAddress(written: string): string | null {
  const hasScheme = /^https?:\/\//i.test(written);
  if (!hasScheme && !/^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}(?:[/?#]\S*)?$/u.test(written)) return null;
  const address = hasScheme ? written : `https://${written}`;
  if (!URL.canParse(address)) return null;
  const { hostname, href, username, password } = new URL(address);
  return hostname.includes('.') && username === '' && password === '' ? href : null;
}

/** A decimal digit of any script as 0 to 9; everything else as it is. */
function asDigit(character: string): string {
  if (!/^\p{Nd}$/u.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  // The ten digits of a script stand side by side, and below its zero stands no digit.
  let zero = code;
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}
