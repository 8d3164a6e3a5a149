export { crashAtPoint, crashPoints } from './crash-points.ts';
export { type Publisher, startPublisher } from './publisher.ts';
export { runPublishingRound } from './publishing-round.ts';
export { getPublishingHealth, readHealth } from './read-health.ts';
