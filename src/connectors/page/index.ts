import type { Connector } from '#connectors/kit/contract.ts';
import { createInsights } from './insights.ts';
import { manifest } from './manifest.ts';
import { createPublish } from './publish.ts';
import type { PageStore } from './store.ts';

export type { EntryFigures, EntryLink, KeptPicture, PageEntry, PageStore, StoredEntry } from './store.ts';
export { PageGone } from './store.ts';

/** The business's own public page as a network: the house fills the store. */
export function createPageConnector(store: PageStore): Connector {
  return { manifest, auth: { kind: 'own' }, publish: createPublish(store), insights: createInsights(store) };
}
