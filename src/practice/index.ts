export { type PracticeNetwork, startPracticeNetwork } from './start-practice-network.ts';
