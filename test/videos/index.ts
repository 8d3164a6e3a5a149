import { readFile } from 'node:fs/promises';
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
