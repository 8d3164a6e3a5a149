import type { ColumnType, Generated } from 'kysely';
import type { Interview, InterviewAnswers, InterviewQuestion } from '#contract/onboarding.ts';

/** What was made, by ids; the draft may not have been wanted. */
export interface MadeIds {
  objectiveId: string;
  goalId: string;
  channelId: string;
  postId: string | null;
}

/** The rows this slice owns. */
export type OnboardingTables = {
  interview: {
    workspace_id: string;
    answers: ColumnType<Partial<InterviewAnswers>, string, string>;
    at: Interview['at'];
    skipped: ColumnType<InterviewQuestion[], string[], string[]>;
    revision: Generated<number>;
    created_at: Generated<Date>;
    updated_at: Generated<Date>;
    made: ColumnType<MadeIds | null, string | null, string | null>;
    made_at: Date | null;
  };
};
