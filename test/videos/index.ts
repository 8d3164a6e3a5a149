import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Videos of one second, 160 × 120, a few kilobytes each: `telephone.mov` (H.264, AAC, with the place where it was
 * taken), `standing.mp4` (H.264, turned by 90°, silent), `hevc.mov`, `clip.webm` (VP9, Opus), `old.mp4` (MPEG-4 part 2).
 */
export const videos = ['telephone.mov', 'standing.mp4', 'hevc.mov', 'clip.webm', 'old.mp4'] as const;
export type Video = (typeof videos)[number];

export const videoPath = (name: Video): string => join(import.meta.dirname, name);

export const readVideo = async (name: Video): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await readFile(videoPath(name)));

/** A short film with a box of nothing behind it: as large as it shall be, and a film all the same. */
export async function writeLargeFilm(path: string, sizeBytes: number): Promise<void> {
  const short = await readVideo('standing.mp4');
  const box = Buffer.alloc(8);
  box.writeUInt32BE(sizeBytes - short.byteLength, 0);
  box.write('free', 4, 'latin1');
  const file = await open(path, 'w');
  await file.write(short);
  await file.write(box);
  await file.truncate(sizeBytes);
  await file.close();
}
