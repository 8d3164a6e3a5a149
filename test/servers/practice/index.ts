export { type PracticeAccount, type PracticeServer, startPractice } from './start.ts';
