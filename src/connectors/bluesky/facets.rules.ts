import { countText } from '../kit/rules/count-text.ts';
import { findLinks } from '../kit/rules/find-links.ts';

/** A stretch of text that does something, with its place in bytes of UTF-8 (`byteEnd` exclusive). */
export interface Facet {
  byteStart: number;
  byteEnd: number;
  feature: { kind: 'link'; url: string } | { kind: 'tag'; tag: string } | { kind: 'mention'; handle: string };
}

/**
 * Finds links, hashtags and @handles, in the order of the text and without overlaps. Whether a handle belongs to
 * anyone is not known here.
 */
export function findFacets(text: string): Facet[] {
  const links = findLinks(text).flatMap(({ start, end, url }): Stretch[] =>
    url === null ? [] : [{ start, end, feature: { kind: 'link', url } }],
  );
  const taken = [...links];
  // What comes first in this list keeps its place; a tag that runs into a handle stays plain text.
  for (const stretch of [...findMentions(text), ...findTags(text)]) {
    if (taken.every(({ start, end }) => stretch.end <= start || stretch.start >= end)) taken.push(stretch);
  }
  return taken
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, feature }) => {
      const byteStart = countText(text.slice(0, start), 'byte');
      return { byteStart, byteEnd: byteStart + countText(text.slice(start, end), 'byte'), feature };
    });
}

interface Stretch {
  start: number;
  end: number;
  feature: Facet['feature'];
}

// A handle is a host name of at least two labels whose last begins with a letter: https://atproto.com/specs/handle.
const mention =
  /(?<=^|[\s(（「"“'‘])@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)(?![a-z0-9_@])/giu;

function findMentions(text: string): Stretch[] {
  return [...text.matchAll(mention)].flatMap((match) => {
    const handle = match[1]?.toLowerCase();
    if (handle === undefined || handle.length > 253) return [];
    return [{ start: match.index, end: match.index + match[0].length, feature: { kind: 'mention' as const, handle } }];
  });
}

const tag = /(?<=^|[\s(（「])[#＃]([^\s#＃\u00AD\u200B\u2060\uFEFF\p{Cc}]+)/gu;
const hasWord = /[^\p{N}\p{P}\p{M}\p{Cf}]/u;
const closing = /[\p{P}\p{Cf}]+$/u;

function findTags(text: string): Stretch[] {
  return [...text.matchAll(tag)].flatMap((match) => {
    const word = (match[1] ?? '').replace(closing, '');
    const fits = countText(word, 'grapheme') <= 64 && countText(word, 'byte') <= 640;
    if (!fits || !hasWord.test(word)) return [];
    return [{ start: match.index, end: match.index + 1 + word.length, feature: { kind: 'tag' as const, tag: word } }];
  });
}
