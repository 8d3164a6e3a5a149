import { canTranscode } from './transcode-video.ts';

const KNOWN_MS = 60_000;
let known: { at: number; answer: Promise<boolean> } | null = null;

/** Whether videos can be converted here, as it was at most a minute ago. */
export function canConvertVideos(): Promise<boolean> {
  const now = performance.now();
  if (!known || now - known.at > KNOWN_MS) known = { at: now, answer: canTranscode() };
  return known.answer;
}

/** Looks anew the next time: what the machine has was found to have changed. */
export function forgetConverter(): void {
  known = null;
}
