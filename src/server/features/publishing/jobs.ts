import { reckonDaysJob } from './days/index.ts';
import { finishDelivery } from './deliveries/index.ts';

export const publishingJobs = [finishDelivery, reckonDaysJob] as const;
