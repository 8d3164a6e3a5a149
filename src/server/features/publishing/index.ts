export {
  crashAtPoint,
  crashPoints,
  type Publisher,
  readHealth,
  runPublishingRound,
  startPublisher,
} from './engine/index.ts';
export { publishingJobs } from './jobs.ts';
export {
  countDueBetween,
  type DueDelivery,
  findReadyDraft,
  hasPosts,
  listComing,
  listDueBetween,
  listDueDrafts,
  listGoneOut,
  listLastPublished,
  listReadyDrafts,
  listWaiting,
  type WaitingDelivery,
} from './outlook-store.ts';
export { createPost } from './posts/index.ts';
export { hasDelivery, listPublished, type PublishedFilter, type PublishedPart } from './published-store.ts';
export { publishingRoutes } from './routes.ts';
