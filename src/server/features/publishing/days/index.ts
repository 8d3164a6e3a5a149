export { listDays } from './list-days.ts';
export { reckonDaysJob } from './reckon-days.ts';
