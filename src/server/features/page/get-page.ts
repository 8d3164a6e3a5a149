import type { page } from '#contract/page.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { findPage } from './page-store.ts';
import { presentPage } from './present-page.ts';

/** The own page, or `not-found` before it is opened. */
export const getPage: Verb<typeof page.get> = (context) =>
  context.inWorkspace(async (tx) => presentPage(context.house, tx, (await findPage(tx)) ?? refuse('not-found')));
