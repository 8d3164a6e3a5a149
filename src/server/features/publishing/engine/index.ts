export { crashAtPoint, crashPoints } from './crash-points.ts';
export { findSeen } from './find-seen.ts';
export { type Publisher, startPublisher } from './publisher.ts';
export { runPublishingRound } from './publishing-round.ts';
export { getPublishingHealth, readHealth } from './read-health.ts';
export { shapePart } from './shape-part.ts';
