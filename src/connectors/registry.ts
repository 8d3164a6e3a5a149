import { bluesky } from './bluesky/index.ts';
import type { Connector } from './kit/contract.ts';
import { createPageConnector, type PageStore } from './page/index.ts';
import { practice } from './practice/index.ts';

/** What connectors need of the house beyond a call: filled by entry. */
export interface Ports {
  page: PageStore;
}

/** Every network this installation knows, by id. */
export function createRegistry(ports: Ports): ReadonlyMap<string, Connector> {
  const connectors: Connector[] = [createPageConnector(ports.page), bluesky, practice];
  return new Map(connectors.map((connector) => [connector.manifest.id, connector]));
}
