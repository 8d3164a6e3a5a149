import type { JobDefinition } from '#server/platform/jobs/index.ts';
import { pageUrl } from './addresses.ts';
import { findPage } from './page-store.ts';
import { feedFiles } from './public/index.ts';

const TIMEOUT_MS = 10_000;

/**
 * Tells the installation's hubs that a page's feeds have changed, one call a feed, as WebSub publishers do
 * (w3.org/TR/websub, 2026-11-22). A hub that does not answer is told again; one that says no is not. Without hubs
 * nothing leaves the house.
 */
export const pingHubs: JobDefinition<{ workspaceId: string }> = {
  name: 'page.ping',
  unique: true,
  retryLimit: 8,
  run: async ({ house, log }, { workspaceId }) => {
    const { websubHubs } = house.config;
    const page = websubHubs.length === 0 ? null : await house.db.inWorkspace(workspaceId, (tx) => findPage(tx));
    if (!page) return;
    const unreached: string[] = [];
    for (const hub of websubHubs) {
      for (const file of feedFiles) {
        const answer = await house.fetch(hub, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({
            'hub.mode': 'publish',
            'hub.url': pageUrl(house.config, page.address, file),
          }).toString(),
          timeoutMs: TIMEOUT_MS,
          maxBytes: 64 * 1024,
        });
        const status = answer.kind === 'answered' ? answer.status : null;
        if (status !== null && status >= 200 && status <= 299) continue;
        const said = status ?? (answer.kind === 'answered' ? null : answer.reason);
        log.warn({ hub: new URL(hub).host, feed: file, reason: said }, 'a hub did not take that a feed has changed');
        if (answer.kind === 'egress-failed' || status === 429 || (status ?? 0) >= 500) unreached.push(hub);
      }
    }
    if (unreached.length > 0) throw new Error(`${new Set(unreached).size} of ${websubHubs.length} hubs did not answer`);
  },
};
