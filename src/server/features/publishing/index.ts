export { type CrashPoint, crashAtPoint, crashPoints } from './engine/crash-points.ts';
export { type Publisher, startPublisher } from './engine/publisher.ts';
export { runPublishingRound } from './engine/publishing-round.ts';
export { hasDelivery, listPublished, type PublishedFilter, type PublishedPart } from './published-store.ts';
export { type Health, readHealth } from './read-health.ts';
export { publishingHearers } from './release-held.ts';
export { publishingRoutes } from './routes.ts';
