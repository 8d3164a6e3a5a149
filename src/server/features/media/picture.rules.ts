/** Kinds of picture that can be kept. */
export const pictureMimes = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'] as const;
export type PictureMime = (typeof pictureMimes)[number];

/** Largest upload, 25 MB. */
export const MAX_UPLOAD_BYTES = 25 * 1024 * 1024;
/** Most pixels of a picture, all frames of an animation together: as much as fits into the renderer's memory. */
export const MAX_PIXELS = 50_000_000;
/** Most frames of an animation; a file of a million tiny ones would keep the renderer busy for as long as it may be. */
export const MAX_FRAMES = 1_000;
/** Longest edge of a thumbnail in pixels. */
export const THUMBNAIL_PX = 400;

export function isPictureMime(mime: string): mime is PictureMime {
  return pictureMimes.some((known) => known === mime);
}

/**
 * Says by a file's first bytes what it is, never by its name or the type it came with. `heic` is what iPhones write and
 * no network takes.
 */
export function recognisePicture(bytes: Uint8Array): PictureMime | 'heic' | 'unknown' {
  const text = (from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'image/webp';
  if (text(0, 6) === 'GIF87a' || text(0, 6) === 'GIF89a') return 'image/gif';
  if (text(4, 8) === 'ftyp' && /heic|heix|hevc|heim|heis|mif1|msf1/.test(text(8, 32))) return 'heic';
  return 'unknown';
}

/** What a picture is called in the library: the file's name without folders, ending and control characters. */
export function namePicture(fileName: string): string {
  const base = fileName.split(/[/\\]/).at(-1) ?? '';
  const name = base
    .replace(/\.[a-z0-9]{2,5}$/i, '')
    .replace(/\p{C}/gu, '')
    .trim();
  return name.slice(0, 200) || 'picture';
}

/** A wish for a picture that a network takes. */
export interface PictureLimits {
  maxBytes: number;
  /** Longest edge in pixels. */
  maxEdge: number;
  /** Types the network takes; the first is preferred. */
  mimes: readonly string[];
  /** Those of them in which an animation goes on moving there. Absent: its first frame is all that is shown. */
  moving?: readonly string[];
}

/** Below this quality a smaller picture looks better than a coarser one. */
export const QUALITIES = [90, 80, 70, 60] as const;
/** Below this edge a picture is of no use to anyone. */
export const MIN_EDGE_PX = 64;

/** Types to try for an animation, best first; none where it would stand still. */
export function chooseMovingMimes({ moving }: Pick<PictureLimits, 'moving'>): PictureMime[] {
  return (['image/webp', 'image/gif'] as const).filter((mime) => moving?.includes(mime));
}

/** Types to try, best first: transparent ones keep it where the network can, photographs go as JPEG. */
export function chooseMimes(mimes: readonly string[], { hasAlpha }: { hasAlpha: boolean }): PictureMime[] {
  const order: PictureMime[] = hasAlpha
    ? ['image/png', 'image/webp', 'image/jpeg']
    : ['image/jpeg', 'image/webp', 'image/png'];
  return order.filter((mime) => mimes.includes(mime));
}

/** What the rules ask of a picture that is kept. `frames` is null where it was never counted. */
export interface KeptPicture {
  mime: string;
  sizeBytes: number;
  width: number;
  height: number;
  frames: number | null;
}

/** Whether a picture goes out exactly as it is kept. An animation does so only where it goes on moving. */
export function fitsAsKept(picture: KeptPicture, { maxBytes, maxEdge, mimes, moving }: PictureLimits): boolean {
  const mayMove = (picture.frames ?? (picture.mime === 'image/gif' ? 2 : 1)) > 1;
  if (mayMove && moving?.includes(picture.mime) !== true) return false;
  return (
    mimes.includes(picture.mime) && picture.sizeBytes <= maxBytes && Math.max(picture.width, picture.height) <= maxEdge
  );
}

/** What became of a picture on its way out, for people. */
export type PictureChange = 'smaller' | 'other-format' | 'lighter' | 'still';

/** How what goes out differs from what is kept: `lighter` is the same size in fewer bytes. */
export function changesOf(kept: KeptPicture, out: KeptPicture): PictureChange[] {
  const isSmaller = out.width < kept.width || out.height < kept.height;
  const isLighter = !isSmaller && out.mime === kept.mime && out.sizeBytes < kept.sizeBytes;
  return [
    ...(isSmaller ? ['smaller' as const] : []),
    ...(out.mime === kept.mime ? [] : ['other-format' as const]),
    ...(isLighter ? ['lighter' as const] : []),
    ...((kept.frames ?? 1) > 1 && out.frames === 1 ? ['still' as const] : []),
  ];
}
