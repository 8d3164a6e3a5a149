import type { InsightsFacet, PostFigures } from '#connectors/kit/contract.ts';
import { fail, ok } from '#connectors/kit/faults.ts';
import { readFault } from './faults.ts';
import type { EntryFigures, PageStore } from './store.ts';

/** What was counted on the own page: totals since it was opened, people only, without cookies. */
export function createInsights(store: PageStore): InsightsFacet {
  return {
    async posts(call, remoteIds) {
      try {
        return ok((await store.figures(call.account.remoteId, remoteIds)).map(shapeFigures));
      } catch (error) {
        return fail(readFault(error, call.log));
      }
    },
    async account(call) {
      try {
        const { views, linkClicks } = await store.totals(call.account.remoteId);
        return ok({
          'page-views': { state: 'value', value: views },
          'page-link-clicks': { state: 'value', value: linkClicks },
        });
      } catch (error) {
        return fail(readFault(error, call.log));
      }
    },
  };
}

/** A part beneath the first has no views of its own, so it has no reading of them: counting them twice would lie. */
function shapeFigures(figures: EntryFigures): PostFigures {
  const remoteId = figures.key;
  if (figures.state === 'gone') {
    return { remoteId, readings: { 'post-views': { state: 'gone' }, 'post-link-clicks': { state: 'gone' } } };
  }
  return {
    remoteId,
    readings: {
      ...(figures.views !== null && { 'post-views': { state: 'value', value: figures.views } }),
      'post-link-clicks': { state: 'value', value: figures.linkClicks },
    },
  };
}
