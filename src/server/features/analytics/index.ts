export { analyticsHearers } from './facts.ts';
export { analyticsJobs } from './jobs.ts';
export { analyticsRoutes } from './routes.ts';
