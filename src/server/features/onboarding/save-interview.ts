import { InterviewAnswers, type onboarding } from '#contract/onboarding.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { findInterviewRow, insertInterview, updateInterview } from './interview-store.ts';
import { presentInterview } from './present-interview.ts';

/**
 * Saves the answers that are given; the others stay. Refused with the interview as it stands when someone else saved
 * meanwhile, or began it first.
 */
export const saveInterview: Verb<typeof onboarding.save> = async (
  context,
  { workspaceId, revision, answers, at, skipped },
) =>
  context.inWorkspace(async (tx) => {
    const before = presentInterview(await findInterviewRow(tx));
    const saved = {
      answers: InterviewAnswers.parse({ ...before.answers, ...answers }),
      at,
      skipped: [...new Set(skipped)],
    };
    const isSaved =
      before.revision === revision &&
      (revision === 0 ? await insertInterview(tx, workspaceId, saved) : await updateInterview(tx, revision, saved));
    const now = presentInterview(await findInterviewRow(tx));
    if (!isSaved) refuse('edited-meanwhile', { current: now });
    return now;
  });
