export { adoptGoal } from './adopt-goal.ts';
export { archiveGoal } from './archive-goal.ts';
export { createGoal, proposeGoal } from './create-goal.ts';
export { getGoal } from './get-goal.ts';
export { findGoalRow } from './goal-store.ts';
export { listGoals } from './list-goals.ts';
export { mustFindGoal } from './must-find-goal.ts';
export { restoreGoal } from './restore-goal.ts';
export { updateGoal } from './update-goal.ts';
