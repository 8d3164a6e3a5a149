export { adoptObjective } from './adopt-objective.ts';
export { archiveObjective } from './archive-objective.ts';
export { createObjective, proposeObjective } from './create-objective.ts';
export { listObjectives } from './list-objectives.ts';
export { mustFindObjective } from './must-find-objective.ts';
export { restoreObjective } from './restore-objective.ts';
export { updateObjective } from './update-objective.ts';
