export { createPageStore } from './create-page-store.ts';
export { pageHearers } from './facts.ts';
export { pingHubs } from './ping-hubs.ts';
export { mountPublicPages, type PublicPages } from './public/index.ts';
export { pageRoutes } from './routes.ts';
