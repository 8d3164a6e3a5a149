export { findInterviewState, type InterviewState } from './find-interview-state.ts';
export { onboardingRoutes } from './routes.ts';
