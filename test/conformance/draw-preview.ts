import { type ComponentType, createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { PreviewProps } from '#connectors/kit/preview.ts';
import { networks } from '#connectors/registry.manifests.ts';

/** A network's preview as HTML. Whoever loads this must be able to load components. */
export async function drawPreview(network: string, props: PreviewProps): Promise<string> {
  const known = Object.entries(networks).find(([id]) => id === network)?.[1];
  if (!known) throw new Error(`The registry knows no preview of ${network}.`);
  const { Preview } = await known.preview();
  return renderToStaticMarkup(createElement(Preview as ComponentType<PreviewProps>, props));
}
