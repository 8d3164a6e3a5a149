export { hasS3Server, type S3Server, startS3Server } from './start.ts';
