import { manifest as bluesky } from './bluesky/manifest.ts';
import type { Manifest } from './kit/manifest.ts';
import { manifest as page } from './page/manifest.ts';
import { manifest as practice } from './practice/manifest.ts';

/** A network as the browser knows it. The preview is loaded when it is first shown. */
export interface KnownNetwork {
  manifest: Manifest;
  preview: () => Promise<{ Preview: unknown }>;
}

export const networks = {
  page: { manifest: page, preview: () => import('./page/web/preview.tsx') },
  bluesky: { manifest: bluesky, preview: () => import('./bluesky/web/preview.tsx') },
  practice: { manifest: practice, preview: () => import('./practice/web/preview.tsx') },
};
