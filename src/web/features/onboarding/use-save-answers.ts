import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Interview, InterviewAnswers, InterviewQuestion } from '#contract/onboarding.ts';
import { api, client } from '../../lib/api.ts';
import { readFailure } from '../../lib/failure.ts';
import { useWorkspace } from '../../lib/workspace.tsx';

/** Which answers belong to which question. */
const fieldsOf = {
  business: ['industry', 'business', 'place'],
  buyers: ['buyers', 'phone', 'contactWay', 'contact'],
  accounts: ['accounts'],
  minutes: ['minutes'],
  wish: ['wish', 'wishWords'],
} as const satisfies Record<InterviewQuestion, (keyof InterviewAnswers)[]>;

/** The answers to one question. */
export const answersTo = (question: InterviewQuestion, answers: InterviewAnswers): Partial<InterviewAnswers> =>
  Object.fromEntries(fieldsOf[question].map((field) => [field, answers[field]]));

const isSame = (question: InterviewQuestion, a: InterviewAnswers, b: InterviewAnswers): boolean =>
  JSON.stringify(answersTo(question, a)) === JSON.stringify(answersTo(question, b));

interface Saving {
  isBusy: boolean;
  error: unknown;
  /** The interview as someone else answered this very question meanwhile; nothing is saved until one chooses. */
  theirs: Interview | null;
  save: (answers: InterviewAnswers, next: { at: Interview['at']; skipped: InterviewQuestion[] }) => Promise<boolean>;
  /** Lets the other's answers stand. */
  takeTheirs: () => void;
}

/** Saves the answers to one question; an edit of another question by someone else meanwhile is no conflict. */
export function useSaveAnswers(question: InterviewQuestion, interview: Interview): Saving {
  const { id: workspaceId } = useWorkspace();
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [theirs, setTheirs] = useState<Interview | null>(null);
  const show = (now: Interview) =>
    queries.setQueryData(api.onboarding.get.queryKey({ input: { workspaceId } }), now as never);
  const save: Saving['save'] = async (answers, next) => {
    const send = (revision: number) =>
      client.onboarding.save({ workspaceId, revision, answers: answersTo(question, answers), ...next });
    setBusy(true);
    setError(null);
    try {
      let now: Awaited<ReturnType<typeof send>>;
      try {
        now = await send(theirs?.revision ?? interview.revision);
      } catch (thrown) {
        const failure = readFailure(thrown);
        if (failure.kind !== 'refused' || failure.code !== 'edited-meanwhile') throw thrown;
        const current = failure.current as Interview;
        const isElsewhere = isSame(question, current.answers, interview.answers);
        if (!isElsewhere && !isSame(question, current.answers, answers)) {
          setTheirs(current);
          return false;
        }
        now = await send(current.revision);
      }
      show(now as Interview);
      void queries.invalidateQueries({ queryKey: api.onboarding.proposal.key() });
      return true;
    } catch (thrown) {
      setError(thrown);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, error, theirs, save, takeTheirs: () => (theirs ? void show(theirs) : undefined) };
}
