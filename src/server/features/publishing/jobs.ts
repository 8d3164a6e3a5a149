import { lookBack } from './after-restore/index.ts';
import { reckonDaysJob } from './days/index.ts';
import { finishDelivery } from './deliveries/index.ts';
import { keepWallClocksJob } from './keep-wall-clocks.ts';

export const publishingJobs = [finishDelivery, reckonDaysJob, keepWallClocksJob, lookBack] as const;
