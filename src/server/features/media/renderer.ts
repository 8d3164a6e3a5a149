import { startRenderer } from './start-renderer.ts';

/** The one renderer of this process; its own process starts with the first picture. */
export const renderer = startRenderer();
