import type { Routes } from '#server/platform/context/index.ts';
import { adoptGoal, archiveGoal, createGoal, getGoal, listGoals, restoreGoal, updateGoal } from './goals/index.ts';
import {
  archiveInitiative,
  createInitiative,
  listInitiatives,
  restoreInitiative,
  updateInitiative,
} from './initiatives/index.ts';
import {
  adoptObjective,
  archiveObjective,
  createObjective,
  listObjectives,
  restoreObjective,
  updateObjective,
} from './objectives/index.ts';

export const strategyRoutes = {
  objectives: {
    list: listObjectives,
    create: createObjective,
    update: updateObjective,
    archive: archiveObjective,
    restore: restoreObjective,
    adopt: adoptObjective,
  },
  goals: {
    list: listGoals,
    get: getGoal,
    create: createGoal,
    update: updateGoal,
    archive: archiveGoal,
    restore: restoreGoal,
    adopt: adoptGoal,
  },
  initiatives: {
    list: listInitiatives,
    create: createInitiative,
    update: updateInitiative,
    archive: archiveInitiative,
    restore: restoreInitiative,
  },
} satisfies Routes<'objectives' | 'goals' | 'initiatives'>;
