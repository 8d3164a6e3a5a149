export type {
  AnyoneContext,
  Context,
  EnqueueOptions,
  House,
  JobContext,
  JobDefinition,
  Jobs,
  Letter,
  Mail,
  MailAnswer,
  MailParams,
  MailTemplate,
  Metrics,
  PersonContext,
  WorkspaceContext,
} from './context.ts';
export { cutPage, InstantAndId, readCursor } from './cursor.ts';
export { Refusal, refuse, refuseField } from './refusal.ts';
export type { Routes, Verb } from './routes.ts';
