export { crashAtPoint, crashPoints } from './crash-points.ts';
export { findSeen } from './find-seen.ts';
export { tellHeldForHistory } from './history-store.ts';
export { listWorkspacesBehind } from './ledger-store.ts';
export { type Publisher, startPublisher } from './publisher.ts';
export { runPublishingRound } from './publishing-round.ts';
export { getPublishingHealth, type Motion, readMotion } from './read-health.ts';
export { shapePart } from './shape-part.ts';
