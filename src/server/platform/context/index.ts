export type { Context, House, PersonContext, WorkspaceContext } from './context.ts';
export { cutPage, InstantAndId, readCursor, writeCursor } from './cursor.ts';
export { Refusal, refuse, refuseField } from './refusal.ts';
export type { Routes, Verb } from './routes.ts';
