export { type AccountKind, type PracticeAccount, type PracticeServer, startPractice } from './start.ts';
