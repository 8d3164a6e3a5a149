export type { JobContext, JobDefinition, Jobs } from '../context/index.ts';
export { createJobs } from './jobs.ts';
export { limitAtOnce, limitAtOnceEach } from './limit-at-once.ts';
