import type { Initiative } from '#contract/strategy.ts';
import { shiftDay } from './local-days.rules.ts';

export interface InitiativeCourse {
  startsOn: string;
  end: Initiative['end'];
  today: string;
  /** First day on which its own target, or else its goal's, was met; null: not yet, or not known. */
  reachedOn: string | null;
}

export interface InitiativeTerm {
  state: 'not-started' | 'running' | 'ended';
  /** The last day that belongs to it; null while it runs until a target is reached. */
  endsOn: string | null;
}

/**
 * When an initiative ends and how it stands. The last day belongs to it: one of 7 days that starts on a Monday ends on
 * the Sunday. One that runs until a target is reached ends on the day it was, but never before it started, and a
 * missing figure does not end it.
 */
export function findInitiativeTerm(course: InitiativeCourse): InitiativeTerm {
  const endsOn = lastDay(course);
  if (course.today < course.startsOn) return { state: 'not-started', endsOn };
  return { state: endsOn !== null && course.today > endsOn ? 'ended' : 'running', endsOn };
}

function lastDay({ startsOn, end, reachedOn }: InitiativeCourse): string | null {
  switch (end.kind) {
    case 'date':
      return end.on;
    case 'span':
      return shiftDay(startsOn, end.days - 1);
    case 'target-reached':
      return reachedOn !== null && reachedOn < startsOn ? startsOn : reachedOn;
  }
}
