import type { Routes } from '#server/platform/context/index.ts';
import { getToday } from './get-today.ts';
import { lookAtGoal } from './look-at-goal.ts';
import { setAside, takeBack } from './set-aside.ts';

export const todayRoutes = {
  today: { get: getToday, setAside, takeBack, look: lookAtGoal },
} satisfies Routes<'today'>;
