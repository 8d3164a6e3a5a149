/** A link as it stands in a text; `start` and `end` (exclusive) in UTF-16 units. */
export interface LinkInText {
  start: number;
  end: number;
  /** As written. */
  text: string;
  /** Where it leads; null when what is written is no address that works. */
  url: string | null;
}

/**
 * Finds the web addresses in a text: what begins with http://, https:// or www.
 * Punctuation that closes the sentence around it is not part of it; a bracket is when it was opened inside.
 */
export function findLinks(text: string): LinkInText[] {
  const found: LinkInText[] = [];
  for (const match of text.matchAll(candidate)) {
    const written = withoutClosingPunctuation(match[0]);
    found.push({
      start: match.index,
      end: match.index + written.length,
      text: written,
      url: readAddress(written),
    });
  }
  return found;
}

// Thai and Chinese put no space before an address, so only a Latin letter there makes it part of a longer word. Quotation
// marks and brackets of East Asian writing end an address although no space follows.
const candidate =
  /(?<![A-Za-z0-9_@/.-])(?:https?:\/\/|www\.)[^\s<>"“”„«»「」『』【】（）。，、！？；：\p{Cc}\u200B\u2060\uFEFF]*/giu;
const closing = /[.,;:!?'’…*_~]$/u;
const pairs: Record<string, string> = { ')': '(', ']': '[', '}': '{' };

function withoutClosingPunctuation(written: string): string {
  const opens = new Map<string, number>();
  for (const character of written) opens.set(character, (opens.get(character) ?? 0) + 1);
  const times = (character: string) => opens.get(character) ?? 0;
  let end = written.length;
  while (end > 0) {
    const last = written.charAt(end - 1);
    const opener = pairs[last];
    const isUnopened = opener !== undefined && times(last) > times(opener);
    if (!isUnopened && !closing.test(last)) break;
    opens.set(last, times(last) - 1);
    end -= 1;
  }
  return written.slice(0, end);
}

function readAddress(written: string): string | null {
  const address = /^www\./i.test(written) ? `https://${written}` : written;
  if (!URL.canParse(address)) return null;
  const { hostname, username, password } = new URL(address);
  const isHost = hostname.includes('.') || hostname === 'localhost' || hostname.startsWith('[');
  return isHost && !hostname.includes('..') && username === '' && password === '' ? address : null;
}
