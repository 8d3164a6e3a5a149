import type { PartToSend } from './contract.ts';
import { type Fault, refuse } from './faults.ts';
import type { Manifest, TextUnit } from './manifest.ts';
import { countText } from './rules/count-text.ts';

/**
 * What of a part is over a limit of the manifest, as the fault with which `prepare` and `correct` refuse it before they
 * ask anybody; null when all is within. The rule book has said the same earlier, to people, and pictures are rendered
 * within the limits: this is the last line, for whatever came past both.
 */
export function judgePart(manifest: Manifest, part: PartToSend): Fault | null {
  const limits = part.role === 'comment' && manifest.firstComment ? manifest.firstComment.limits : manifest.text.limits;
  return judgeText(part.text, limits) ?? judgeMedia(manifest, part) ?? judgeCard(manifest, part);
}

function judgeText(text: string, limits: Manifest['text']['limits']): Fault | null {
  const broken = limits.find(({ unit, max }) => countText(text, unit) > max);
  return broken ? refuse('text', 'too-long', counted(text, broken)) : null;
}

function judgeMedia(manifest: Manifest, { media }: PartToSend): Fault | null {
  const isVideo = ({ mime }: { mime: string }): boolean => mime.startsWith('video/');
  for (const [kind, taken, brought] of [
    ['videos', manifest.videos, media.filter(isVideo)],
    ['pictures', manifest.images, media.filter((it) => !isVideo(it))],
  ] as const) {
    const max = taken?.max ?? 0;
    if (brought.length > max)
      return refuse('media', 'too-many', `${brought.length} ${kind}; at most ${max} are taken.`);
  }
  for (const [position, { alt, bytes, mime }] of media.entries()) {
    const field = `media.${position}`;
    const images = isVideo({ mime }) ? manifest.videos : manifest.images;
    if (!images) continue;
    if (!images.mimes.includes(mime)) return refuse(field, 'wrong-kind', `${mime} is not taken.`);
    if (bytes.length > images.maxBytes) return refuse(field, 'too-large', sized(bytes, images.maxBytes));
    if (countText(alt, images.alt.unit) > images.alt.max) {
      return refuse(`${field}.alt`, 'too-long', counted(alt, images.alt));
    }
  }
  return null;
}

function judgeCard({ link: limits }: Manifest, { link }: PartToSend): Fault | null {
  const image = link?.image;
  if (!image || !limits || image.bytes.length <= limits.maxImageBytes) return null;
  return refuse('link', 'too-large', sized(image.bytes, limits.maxImageBytes));
}

const counted = (text: string, { unit, max }: { unit: TextUnit; max: number }): string =>
  `${countText(text, unit)} of at most ${max} (${unit}).`;

const sized = (bytes: Uint8Array, max: number): string => `${bytes.length} bytes; at most ${max} are taken.`;
