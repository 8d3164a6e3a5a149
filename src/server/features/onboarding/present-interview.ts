import { Interview } from '#contract/onboarding.ts';
import { blankAnswers } from './blank-answers.rules.ts';
import type { InterviewRow } from './interview-store.ts';

/** An interview as the contract says it; null: nobody has begun it. */
export function presentInterview(row: InterviewRow | null): Interview {
  return Interview.parse({
    answers: { ...blankAnswers, ...row?.answers },
    at: row?.at ?? 'business',
    skipped: row?.skipped ?? [],
    made: row?.made && row.made_at ? { ...row.made, at: row.made_at.toISOString() } : null,
    revision: row?.revision ?? 0,
  });
}
