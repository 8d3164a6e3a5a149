import { type Interview, isAnswered, questions } from '#contract/onboarding.ts';
import type { WorkspaceContext } from '#server/platform/context/index.ts';
import { findInterviewRow } from './interview-store.ts';
import { presentInterview } from './present-interview.ts';

/** How far the interview of a workspace is. */
export interface InterviewState {
  /** `proposal`: all questions are behind, and nothing was made of them yet. */
  state: 'not-begun' | 'under-way' | 'proposal' | 'made';
  /** Where to go on. */
  at: Interview['at'];
  /** Questions that were answered. */
  answered: number;
  /** Questions there are. */
  of: number;
  /** The first draft, once it was made; it may be gone by now. */
  postId: string | null;
}

/** How far the interview is. For higher rooms; a transaction that is open already can be given as `inWorkspace`. */
export async function findInterviewState(context: Pick<WorkspaceContext, 'inWorkspace'>): Promise<InterviewState> {
  const interview = presentInterview(await context.inWorkspace((tx) => findInterviewRow(tx)));
  const { made, revision, at, answers } = interview;
  const answered = questions.filter((it) => isAnswered(it, answers)).length;
  const state = made ? 'made' : revision === 0 ? 'not-begun' : at === 'proposal' ? 'proposal' : 'under-way';
  return { state, at, answered, of: questions.length, postId: made?.postId ?? null };
}
