import { startRenderer } from './start-renderer.ts';

/** The one renderer of this process; its own process starts with the first picture. */
export const renderer = startRenderer();

/** Another for videos, which take longer: no picture waits for them. */
export const videoRenderer = startRenderer({ timeoutMs: 60_000 });
