/** Kinds of picture that can be kept. */
export const pictureMimes = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'] as const;
export type PictureMime = (typeof pictureMimes)[number];

/** Largest upload, 25 MB. */
export const MAX_UPLOAD_BYTES = 25 * 1024 * 1024;
/** Most pixels of a picture, all frames of an animation together: as much as fits into the renderer's memory. */
export const MAX_PIXELS = 50_000_000;
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
}

/** Below this quality a smaller picture looks better than a coarser one. */
export const QUALITIES = [90, 80, 70, 60] as const;
/** Below this edge a picture is of no use to anyone. */
export const MIN_EDGE_PX = 64;

/** Types to try, best first: transparent ones keep it where the network can, photographs go as JPEG. */
export function chooseMimes(mimes: readonly string[], { hasAlpha }: { hasAlpha: boolean }): PictureMime[] {
  const order: PictureMime[] = hasAlpha
    ? ['image/png', 'image/webp', 'image/jpeg']
    : ['image/jpeg', 'image/webp', 'image/png'];
  return order.filter((mime) => mimes.includes(mime));
}
