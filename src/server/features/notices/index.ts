import { sendingJobs } from './sending-jobs.ts';
import { watchJobs } from './watch-jobs.ts';

export { noticeHearers } from './facts.ts';
export { mountLeave } from './leave/index.ts';
export { noticeRoutes } from './routes.ts';

export const noticeJobs = [...sendingJobs, ...watchJobs] as const;
