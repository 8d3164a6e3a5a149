import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Interview, InterviewQuestion } from '#contract/onboarding.ts';
import { useKept } from '../../lib/use-kept.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Form } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { AnswerFields } from './answer-fields.tsx';
import { Steps, steps } from './steps.tsx';
import { useAnswerWords } from './use-answer-words.ts';
import { useSaveAnswers } from './use-save-answers.ts';

interface QuestionScreenProps {
  question: InterviewQuestion;
  interview: Interview;
  onMove: (at: Interview['at']) => void;
  onLater: () => void;
}

/** One question on one screen. Every way out of it saves what was typed first. */
export function QuestionScreen({ question, interview, onMove, onLater }: QuestionScreenProps) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const words = useAnswerWords();
  const [answers, setAnswers, forget] = useKept(
    `${workspaceId}.interview.${interview.revision}.${question}`,
    interview.answers,
  );
  const { isBusy, error, theirs, save, takeTheirs } = useSaveAnswers(question, interview);
  const place = steps.indexOf(question);
  const next = steps[place + 1] ?? 'proposal';
  const before = steps[place - 1];
  const others = interview.skipped.filter((it) => it !== question);
  const go = async (at: Interview['at'], leave: () => void, isSkipped = false) => {
    const isSaved = await save(isSkipped ? interview.answers : answers, {
      at,
      skipped: isSkipped ? [...others, question] : others,
    });
    if (!isSaved) return;
    forget();
    leave();
  };
  return (
    <Page title={t(`begin.questions.${question}.title`)} lead={t(`begin.questions.${question}.why`)} width="reading">
      <Steps at={question} answers={answers} isBusy={isBusy} onMove={(at) => void go(at, () => onMove(at))} />
      <Sheet>
        <Form className="form" onSubmit={() => void go(next, () => onMove(next))}>
          <AnswerFields
            question={question}
            answers={answers}
            onChange={(change) => setAnswers({ ...answers, ...change })}
          />
          {theirs ? (
            <Notice
              tone="warn"
              urgent
              title={t('begin.conflict.title')}
              action={
                <>
                  <Button variant="default" type="submit">
                    {t('begin.conflict.keep')}
                  </Button>
                  <Button variant="default" onClick={takeTheirs}>
                    {t('begin.conflict.take')}
                  </Button>
                </>
              }
            >
              <p dir="auto">{words(question, theirs.answers)}</p>
            </Notice>
          ) : null}
          {error ? <FailureNotice error={error} /> : null}
          <div className="form-actions">
            <Button type="submit" loading={isBusy}>
              {next === 'proposal' ? t('begin.toProposal') : t('begin.next')}
            </Button>
            {before ? (
              <Button variant="default" onClick={() => void go(before, () => onMove(before))}>
                {t('begin.back')}
              </Button>
            ) : null}
            <div className="begin-ways">
              <Button variant="subtle" onClick={() => void go(next, () => onMove(next), true)}>
                {t('begin.skip')}
              </Button>
              <Button variant="subtle" onClick={() => void go(question, onLater)}>
                {t('begin.later')}
              </Button>
            </div>
          </div>
        </Form>
      </Sheet>
    </Page>
  );
}
