import type { onboarding } from '#contract/onboarding.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { findInterviewRow } from './interview-store.ts';
import { presentInterview } from './present-interview.ts';

/** The interview as far as it was answered; blank when nobody has begun it. */
export const getInterview: Verb<typeof onboarding.get> = async (context) =>
  context.inWorkspace(async (tx) => presentInterview(await findInterviewRow(tx)));
