export { createJobs, type JobContext, type JobDefinition, type Jobs } from './jobs.ts';
