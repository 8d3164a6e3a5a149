export { findServed, type Served } from './find-served.ts';
export { judgeGoal, resolveTarget } from './goal-status.rules.ts';
export { listLivingGoals, mustFindGoal, proposeGoal } from './goals/index.ts';
export { countDays, dayOf, shiftDay, startOfDay } from './local-days.rules.ts';
export { createObjective, proposeObjective } from './objectives/index.ts';
export { readToday } from './read-today.ts';
export { strategyRoutes } from './routes.ts';
