import { findLinks } from './find-links.ts';

/** How a network changes what is written. */
export interface Rewriting {
  /** What is read is HTML. */
  html?: boolean;
  /** Hosts behind which the network hides links. */
  shorteners?: readonly string[];
  /** An @handle may come back as somebody's name, or with a server behind it. */
  mentions?: boolean;
}

/**
 * Whether a text that was read says what we wrote, however the network rewrote it: white space, forms of letters and
 * emoji, links (shortened, cut for show, with or without tracking), mentions, HTML. Everything else must stand there word
 * for word. What could be anything (a hidden link, a name) is accepted only beside enough words that could not: a text
 * of little else is the same only when it is there as it was written.
 */
export function holdsSame(ours: string, theirs: string, rewriting: Rewriting = {}): boolean {
  const read = settle(rewriting.html ? textOf(theirs) : theirs);
  const pieces = cut(settle(ours));
  const words = pieces.reduce((sum, { kind, text }) => sum + (kind === 'words' ? countTelling(text) : 0), 0);
  return matches(pieces, read, words >= LEAST_TELLING ? rewriting : {});
}

/** Letters and digits beside which a link or a name may be anything. */
const LEAST_TELLING = 12;
/** No name is longer. */
const LONGEST_NAME = 80;

interface Piece {
  kind: 'words' | 'link' | 'mention';
  text: string;
}

const countTelling = (text: string): number => (text.match(/[\p{L}\p{N}]/gu) ?? []).length;

/** One form for what looks the same: composed letters, single blanks, no marks that show nothing. */
const settle = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\uFE0E\uFE0F\u200B\u2060\uFEFF\u00AD]/gu, '')
    .replace(/[\s\u00A0\u2028\u2029]+/gu, ' ')
    .trim();

/** The text that HTML shows. */
function textOf(html: string): string {
  const text = html.replace(/<br\b[^>]*>|<\/(?:p|div|li|h[1-6]|blockquote)>/gi, '\n').replace(/<\/?[a-z!][^>]*>/gi, '');
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,6});/gi, (whole, name: string) => {
    const known = entities[name.toLowerCase()];
    if (known !== undefined) return known;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return name.startsWith('#') && code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Words, links and mentions in their order. */
function cut(text: string): Piece[] {
  const links = findLinks(text).map(({ start, end }) => ({ kind: 'link' as const, start, end }));
  const mentions = [...text.matchAll(/(?<![\p{L}\p{N}_@./-])@[\p{L}\p{N}_](?:[\p{L}\p{N}_.@-]*[\p{L}\p{N}_])?/gu)]
    .map((match) => ({ kind: 'mention' as const, start: match.index, end: match.index + match[0].length }))
    .filter(({ start }) => !links.some((link) => start >= link.start && start < link.end));
  const pieces: Piece[] = [];
  let from = 0;
  for (const { kind, start, end } of [...links, ...mentions].sort((a, b) => a.start - b.start)) {
    if (start > from) pieces.push({ kind: 'words', text: text.slice(from, start) });
    pieces.push({ kind, text: text.slice(start, end) });
    from = end;
  }
  if (from < text.length) pieces.push({ kind: 'words', text: text.slice(from) });
  return pieces;
}

/**
 * Whether the pieces follow each other in the text from its beginning to its end. All places that a piece may end at are
 * gone on from together, so that each piece looks at each place once at most.
 */
function matches(pieces: readonly Piece[], text: string, rewriting: Rewriting): boolean {
  let places: readonly number[] = [0];
  for (const piece of pieces) {
    places = endsOf(piece, text, { places, rewriting });
    if (places.length === 0) return false;
  }
  return places.at(-1) === text.length;
}

interface From {
  /** Where the piece may begin, each once, in their order. */
  places: readonly number[];
  rewriting: Rewriting;
}

/** Where a piece may end that begins at one of some places of the text: each once, in their order. */
function endsOf({ kind, text: piece }: Piece, text: string, { places, rewriting }: From): number[] {
  const asWritten = places.filter((at) => text.startsWith(piece, at)).map((at) => at + piece.length);
  if (kind === 'words') return asWritten;
  if (kind === 'link') {
    const shown = places.flatMap((at) => endsOfLink(piece, text, at, rewriting.shorteners ?? []));
    return inOrder([...asWritten, ...shown]);
  }
  if (!rewriting.mentions) return asWritten;
  const names = endsOfNames(text.length, places);
  return piece.length > LONGEST_NAME ? inOrder([...names, ...asWritten]) : names;
}

const inOrder = (places: readonly number[]): number[] => [...new Set(places)].sort((a, b) => a - b);

function endsOfLink(link: string, text: string, at: number, shorteners: readonly string[]): number[] {
  const run = /\S*/uy;
  run.lastIndex = at;
  const [whole = ''] = run.exec(text) ?? [];
  const shown = [whole, whole.replace(/[.,;:!?'’)\]}]+$/u, '')].filter((it) => it !== '');
  return shown.filter((it) => isSameLink(link, it, shorteners)).map((it) => at + it.length);
}

function endsOfNames(length: number, places: readonly number[]): number[] {
  const ends: number[] = [];
  let next = 0;
  for (const at of places) {
    const last = Math.min(at + LONGEST_NAME, length);
    for (let end = Math.max(at + 1, next); end <= last; end += 1) ends.push(end);
    next = Math.max(next, last + 1);
  }
  return ends;
}

const tracking =
  /^(utm_.*|fbclid|gclid|dclid|msclkid|igshid|igsh|mc_cid|mc_eid|ref_src|ref_url|twclid|ttclid|li_fat_id)$/i;

function isSameLink(ours: string, shown: string, shorteners: readonly string[]): boolean {
  const [mine, theirs] = [readLink(ours), readLink(shown)];
  if (mine === null) return false;
  const cutAt = /(?:…|\.\.\.)$/.exec(shown)?.index;
  if (cutAt !== undefined) {
    const beginning = plain(shown.slice(0, cutAt));
    return beginning.includes('/') && mine.whole.startsWith(beginning);
  }
  return theirs !== null && (theirs.whole === mine.whole || shorteners.includes(theirs.host));
}

/** Without what makes no difference to where it leads. */
const plain = (address: string): string => address.replace(/^https?:\/\//i, '').replace(/^www\./i, '');

function readLink(written: string): { host: string; whole: string } | null {
  const address = /^https?:\/\//i.test(written) ? written : `https://${written}`;
  if (!URL.canParse(address)) return null;
  const { host, pathname, search, hash } = new URL(address);
  const query = [...new URLSearchParams(search)].filter(([name]) => !tracking.test(name));
  const path = pathname.replace(/\/+$/, '');
  const kept = query.length > 0 ? `?${new URLSearchParams(query.sort(([a], [b]) => (a < b ? -1 : 1)))}` : '';
  return { host: plain(host), whole: `${plain(host)}${path}${kept}${hash}` };
}
