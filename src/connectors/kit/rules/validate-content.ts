import type { Content, ContentProblem, MediumFacts, Part } from '#contract/content.ts';
import type { Manifest, TextUnit } from '../manifest.ts';
import { countText } from './count-text.ts';
import { findLinks } from './find-links.ts';
import { judgeVideo } from './judge-video.ts';

/**
 * What a network's rule book says about content: the one judgement that composer, importer, scheduler and publisher
 * share. Errors mean that the network would refuse it or show something else; warnings are for the person to weigh.
 * Fields are paths in the content (`parts.0.media.1.alt`). Sizes and formats of pictures are not judged: each picture
 * is rendered within the manifest's limits before it goes out. So is a video where it can be converted.
 */
export function validateContent(
  manifest: Manifest,
  content: Content,
  mediumFacts: ReadonlyMap<string, MediumFacts>,
): ContentProblem[] {
  return [
    ...judgeThread(manifest, content.parts.length),
    ...content.parts.flatMap((part, position) => {
      const field = `parts.${position}`;
      return [
        ...judgeText(manifest, part, field),
        ...judgeMedia(manifest, part, field, mediumFacts),
        ...judgeLink(manifest, part, field),
      ];
    }),
    ...judgeFirstComment(manifest, content.firstComment),
  ];
}

function judgeThread({ thread }: Manifest, count: number): ContentProblem[] {
  if (count <= 1) return [];
  if (!thread) return [{ field: 'parts.1', code: 'thread-unsupported', severity: 'error' }];
  if (count <= thread.maxParts) return [];
  return [{ field: 'parts', code: 'thread-too-long', severity: 'error', params: excess(count, thread.maxParts) }];
}

function judgeText(manifest: Manifest, part: Part, field: string): ContentProblem[] {
  const at = `${field}.text`;
  const stands = manifest.text.optionalWithMedia && (part.media.length > 0 || showsCard(manifest, part));
  if (part.text.trim() === '') return stands ? [] : [{ field: at, code: 'text-missing', severity: 'error' }];
  const tooLong = excessOf(part.text, manifest.text.limits);
  return [
    ...(tooLong ? [{ field: at, code: 'text-too-long' as const, severity: 'error' as const, params: tooLong }] : []),
    ...judgeBlanksIn(part.text, at),
    ...judgeLinksIn(part.text, at),
  ];
}

function judgeFirstComment({ firstComment }: Manifest, text: string | undefined): ContentProblem[] {
  const at = 'firstComment';
  if (text === undefined) return [];
  if (!firstComment) return [{ field: at, code: 'first-comment-unsupported', severity: 'error' }];
  const params = excessOf(text, firstComment.limits);
  return [
    ...(params ? [{ field: at, code: 'first-comment-too-long' as const, severity: 'error' as const, params }] : []),
    ...judgeBlanksIn(text, at),
    ...judgeLinksIn(text, at),
  ];
}

/** The blanks of a drafted post, `[… price]`: nobody wants them read. `[…]` alone is an omission and stays. */
const judgeBlanksIn = (text: string, field: string): ContentProblem[] =>
  [...text.matchAll(/\[…\s+[^\]\n]{1,80}\]/gu)]
    .slice(0, 1)
    .map(([blank]) => ({ field, code: 'blank-left', severity: 'error', params: { blank } }));

const judgeLinksIn = (text: string, field: string): ContentProblem[] =>
  findLinks(text)
    .filter((link) => link.url === null)
    .map((link) => {
      const params = { link: link.text.slice(0, 100) };
      return { field, code: 'link-in-text-invalid', severity: 'warning', params };
    });

function judgeMedia(
  manifest: Manifest,
  part: Part,
  field: string,
  mediumFacts: ReadonlyMap<string, MediumFacts>,
): ContentProblem[] {
  const at = `${field}.media`;
  const isVideo = (facts: MediumFacts | undefined): boolean => facts?.mime.startsWith('video/') === true;
  const videos = part.media.filter(({ mediumId }) => isVideo(mediumFacts.get(mediumId))).length;
  return [
    ...judgeCounts(manifest, { at, videos, pictures: part.media.length - videos }),
    ...part.media.flatMap(({ mediumId, alt }, position) => {
      const one = `${at}.${position}`;
      const facts = mediumFacts.get(mediumId);
      const taken = isVideo(facts) ? manifest.videos : manifest.images;
      return [
        ...judgeKind(manifest, facts, one),
        // What is not taken at all is not wanted with better words.
        ...(taken ? judgeAlt(taken.alt, alt, one) : []),
      ];
    }),
  ];
}

function judgeCounts(
  { images, videos: films }: Manifest,
  { at, videos, pictures }: { at: string; videos: number; pictures: number },
): ContentProblem[] {
  const problem = (code: ContentProblem['code'], params?: ReturnType<typeof excess>): ContentProblem => ({
    field: at,
    code,
    severity: 'error',
    ...(params ? { params } : {}),
  });
  return [
    ...(pictures > 0 && !images ? [problem('images-unsupported')] : []),
    ...(videos > 0 && !films ? [problem('videos-unsupported')] : []),
    ...(images && pictures > images.max ? [problem('images-too-many', excess(pictures, images.max))] : []),
    ...(films && videos > films.max ? [problem('videos-too-many', excess(videos, films.max))] : []),
    ...(films && videos > 0 && pictures > 0 && !films.besideImages ? [problem('video-beside-images')] : []),
  ];
}

function judgeKind({ videos }: Manifest, facts: MediumFacts | undefined, field: string): ContentProblem[] {
  if (!facts) return [{ field, code: 'medium-unknown', severity: 'error' }];
  if (facts.mime.startsWith('image/')) return [];
  if (!facts.mime.startsWith('video/'))
    return [{ field, code: 'images-unsupported', severity: 'error', params: { mime: facts.mime } }];
  if (!videos) return [];
  return judgeVideo(videos, facts)
    .filter(({ mendable }) => !mendable || !facts.video?.convertible)
    .map(({ code, params }) => ({ field, code, severity: 'error', params }));
}

function judgeAlt({ unit, max }: { unit: TextUnit; max: number }, alt: string, field: string): ContentProblem[] {
  const at = `${field}.alt`;
  if (alt.trim() === '') return [{ field: at, code: 'alt-missing', severity: 'warning' }];
  const count = countText(alt, unit);
  return count > max
    ? [{ field: at, code: 'alt-too-long', severity: 'error', params: { ...excess(count, max), unit } }]
    : [];
}

function judgeLink(manifest: Manifest, part: Part, field: string): ContentProblem[] {
  // A link that stands in the text as well reaches the reader in any case.
  if (part.link === null || part.text.includes(part.link) || showsCard(manifest, part)) return [];
  const at = `${field}.link`;
  return manifest.link?.card
    ? [{ field: at, code: 'link-beside-images', severity: 'warning' }]
    : [{ field: at, code: 'link-unsupported', severity: 'error' }];
}

function showsCard({ link }: Manifest, part: Part): boolean {
  return part.link !== null && link?.card === true && (part.media.length === 0 || link.besideImages === true);
}

/** By how much a text is over the first limit it exceeds; a second one in another unit would only confuse. */
function excessOf(text: string, limits: readonly { unit: TextUnit; max: number }[]) {
  for (const { unit, max } of limits) {
    const count = countText(text, unit);
    if (count > max) return { ...excess(count, max), unit };
  }
  return null;
}

const excess = (count: number, max: number) => ({ count, max, over: count - max });
