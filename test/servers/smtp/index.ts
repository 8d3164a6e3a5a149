export { type ReceivedMail, type SmtpServer, startSmtpServer } from './start.ts';
