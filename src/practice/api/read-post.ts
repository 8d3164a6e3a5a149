import { z } from 'zod';
import { PostContent } from '../ledger.ts';
import type { NewPost } from '../open-posts.ts';
import { invalid } from '../refusal.ts';
import type { Ask } from './ask.ts';
import { readJson } from './read-json.ts';

/** The network's limits. */
const maxCharacters = 500;
const maxAltCharacters = 1_000;
const maxPictures = 4;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const countCharacters = (text: string): number => [...segmenter.segment(text)].length;

const Written = PostContent.partial({ language: true, media: true, link: true });
const WrittenPost = Written.extend({ replyTo: z.string().nullish(), comment: z.boolean().optional() });

/** What a post shall say, or a refusal that names the field. */
export function readContent({ network, json }: Ask): PostContent {
  const { text, language = 'en', media = [], link = null } = readJson(Written, json);
  if (countCharacters(text) > maxCharacters) throw invalid('text', 'too-long');
  if (text.trim() === '' && media.length === 0 && link === null) throw invalid('text', 'missing');
  if (media.length > maxPictures) throw invalid('media', 'too-many');
  for (const [position, { id, alt }] of media.entries()) {
    if (!network.media.has(id)) throw invalid(`media.${position}`, 'not-found');
    if (countCharacters(alt) > maxAltCharacters) throw invalid(`media.${position}.alt`, 'too-long');
  }
  if (link && !/^https?:\/\//.test(link.url)) throw invalid('link', 'not-an-address');
  if (link?.image && !network.media.has(link.image)) throw invalid('link.image', 'not-found');
  return { text, language, media, link };
}

/** The same with its place beneath another post. */
export function readNewPost(ask: Ask): NewPost {
  const { replyTo = null, comment = false } = readJson(WrittenPost, ask.json);
  if (comment && replyTo === null) throw invalid('replyTo', 'missing');
  return { ...readContent(ask), replyTo, isComment: comment };
}
