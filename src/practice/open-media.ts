import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { invalid } from './refusal.ts';

export const largestPictureBytes = 5_000_000;
export const largestVideoBytes = 25_000_000;

/** Uploaded pictures and videos: the same bytes by the same account are the same picture. */
export interface Media {
  keep(accountId: string, bytes: Buffer): string;
  has(id: string): boolean;
  read(id: string): { bytes: Buffer; mime: string } | null;
}

/** Opens the media kept in a folder. Only what begins like a JPEG, PNG, WebP, GIF or MP4 is one. */
export function openMedia(folder: string): Media {
  mkdirSync(folder, { recursive: true });
  const fileOf = (id: string) => path.join(folder, id);
  return {
    keep(accountId, bytes) {
      const mime = readMime(bytes);
      if (mime === null) throw invalid('media', 'not-a-picture');
      if (bytes.length > (mime.startsWith('video/') ? largestVideoBytes : largestPictureBytes)) {
        throw invalid('media', 'too-large');
      }
      const id = `m${createHash('sha256').update(accountId).update(bytes).digest('hex').slice(0, 24)}`;
      if (!existsSync(fileOf(id))) {
        // Under its name only when it is whole.
        writeFileSync(`${fileOf(id)}.part`, bytes);
        renameSync(`${fileOf(id)}.part`, fileOf(id));
      }
      return id;
    },
    has: (id) => isId(id) && existsSync(fileOf(id)),
    read(id) {
      if (!isId(id) || !existsSync(fileOf(id))) return null;
      const bytes = readFileSync(fileOf(id));
      return { bytes, mime: readMime(bytes) ?? 'application/octet-stream' };
    },
  };
}

const isId = (id: string): boolean => /^m[0-9a-f]{24}$/.test(id);

function readMime(bytes: Buffer): string | null {
  const starts = (at: number, signature: string) =>
    bytes.subarray(at, at + signature.length / 2).toString('hex') === signature;
  if (starts(0, 'ffd8ff')) return 'image/jpeg';
  if (starts(0, '89504e470d0a1a0a')) return 'image/png';
  if (starts(0, '474946383961')) return 'image/gif';
  if (starts(4, '66747970')) return 'video/mp4';
  if (starts(0, '52494646') && starts(8, '57454250')) return 'image/webp';
  return null;
}
