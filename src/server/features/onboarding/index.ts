export { findInterviewState, type InterviewState } from './find-interview-state.ts';
export { listIdeas } from './list-ideas.ts';
export { onboardingRoutes } from './routes.ts';
