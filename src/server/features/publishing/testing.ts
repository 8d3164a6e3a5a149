import type { Connector } from '#connectors/kit/contract.ts';
import type { Content } from '#contract/content.ts';
import type { House } from '#server/platform/context/index.ts';

/** Content of one part a text. */
export const says = (...texts: string[]): Content => ({
  parts: texts.map((text) => ({ text, media: [], link: null })),
});

/** Makes a network known to a house under test. */
export function addNetwork(house: House, connector: Connector): void {
  (house.connectors as Map<string, Connector>).set(connector.manifest.id, connector);
}
