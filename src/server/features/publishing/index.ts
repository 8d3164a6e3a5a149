export { lookBackHearers } from './after-restore/index.ts';
export { type Ending, findEndings } from './endings/index.ts';
export {
  crashAtPoint,
  crashPoints,
  listWorkspacesBehind,
  type Motion,
  type Publisher,
  readMotion,
  runPublishingRound,
  startPublisher,
} from './engine/index.ts';
export { publishingJobs } from './jobs.ts';
export { keepWallClocks, ownKnowledge } from './keep-wall-clocks.ts';
export { dueHearers } from './note-due.ts';
export { noteGone } from './note-gone.ts';
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
