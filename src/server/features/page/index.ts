export { createPageStore } from './create-page-store.ts';
export { mountPublicPages, type PublicPages } from './public/index.ts';
export { pageRoutes } from './routes.ts';
