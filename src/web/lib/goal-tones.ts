import type { GoalStatus } from '#contract/strategy.ts';
import type { Tone } from '../ui/notice.tsx';

/** The colour in which a goal's status is said, everywhere the same. */
export const goalTones: Record<GoalStatus, Tone> = {
  'on-track': 'accent',
  'at-risk': 'warn',
  reached: 'good',
  missed: 'bad',
  'not-enough-data': 'quiet',
};
