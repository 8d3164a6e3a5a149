export { findLastScheduled } from './find-last-scheduled.ts';
export { makeBackupsJob } from './make-backups.ts';
