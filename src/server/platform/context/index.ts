export type {
  AnyoneContext,
  Context,
  EnqueueOptions,
  House,
  JobContext,
  JobDefinition,
  Jobs,
  PersonContext,
  WorkspaceContext,
} from './context.ts';
export { cutPage, InstantAndId, readCursor } from './cursor.ts';
export { Refusal, refuse, refuseField } from './refusal.ts';
export type { Routes, Verb } from './routes.ts';
