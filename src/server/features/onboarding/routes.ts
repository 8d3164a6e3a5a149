import type { Routes } from '#server/platform/context/index.ts';
import { checkAddress } from './check-address.ts';
import { getInterview } from './get-interview.ts';
import { makeItSo } from './make-it-so.ts';
import { proposePlan } from './propose-plan.ts';
import { saveInterview } from './save-interview.ts';

export const onboardingRoutes = {
  onboarding: {
    get: getInterview,
    save: saveInterview,
    proposal: proposePlan,
    address: checkAddress,
    make: makeItSo,
  },
} satisfies Routes<'onboarding'>;
