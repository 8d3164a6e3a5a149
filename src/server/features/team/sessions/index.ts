export { endOtherSessions, endSession } from './end-session.ts';
export { listSessions } from './list-sessions.ts';
