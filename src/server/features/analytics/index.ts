export { analyticsHearers } from './facts.ts';
export { readProgress } from './get-progress.ts';
export { analyticsJobs } from './jobs.ts';
export { analyticsRoutes } from './routes.ts';
export { listSilentChannels } from './silence-store.ts';
