export { findServed, type Served } from './find-served.ts';
export { judgeGoal, resolveTarget } from './goal-status.rules.ts';
export { mustFindGoal } from './goals/index.ts';
export { dayOf, shiftDay, startOfDay } from './local-days.rules.ts';
export { strategyRoutes } from './routes.ts';
