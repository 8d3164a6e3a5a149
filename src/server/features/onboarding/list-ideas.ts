import type { WorkspaceContext } from '#server/platform/context/index.ts';
import { findInterviewRow } from './interview-store.ts';
import { presentInterview } from './present-interview.ts';
import { wordIdeas } from './starter-words.ts';

/** What to write about next, by the kind of business that was answered; nothing before the interview was made use of. */
export async function listIdeas(context: Pick<WorkspaceContext, 'inWorkspace' | 'language'>): Promise<string[]> {
  const { made, answers } = presentInterview(await context.inWorkspace((tx) => findInterviewRow(tx)));
  return made ? wordIdeas(context.language, answers.industry) : [];
}
