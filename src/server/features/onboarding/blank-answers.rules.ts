import type { InterviewAnswers } from '#contract/onboarding.ts';

/** The answers of an interview that nobody has begun. */
export const blankAnswers: InterviewAnswers = {
  industry: null,
  business: '',
  place: '',
  buyers: '',
  phone: '',
  contactWay: 'link',
  contact: '',
  accounts: [],
  minutes: null,
  wish: null,
  wishWords: '',
};
