import type { Routes } from '#server/platform/context/index.ts';
import { getPage } from './get-page.ts';
import { openPage } from './open-page.ts';
import { updatePage } from './update-page.ts';

export const pageRoutes = { page: { get: getPage, open: openPage, update: updatePage } } satisfies Routes<'page'>;
