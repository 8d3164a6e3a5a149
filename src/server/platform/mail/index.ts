export { createMail, type MailOptions } from './create-mail.ts';
export { mailJobs } from './mail-jobs.ts';
export { type MailStanding, readMailStanding } from './mail-store.ts';
