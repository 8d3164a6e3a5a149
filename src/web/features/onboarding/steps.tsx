import { useTranslation } from 'react-i18next';
import { type Interview, type InterviewAnswers, isAnswered } from '#contract/onboarding.ts';

/** The questions in their order, and what comes of them. */
export const steps: readonly Interview['at'][] = ['business', 'buyers', 'accounts', 'minutes', 'wish', 'proposal'];

interface StepsProps {
  at: Interview['at'];
  answers: InterviewAnswers;
  isBusy: boolean;
  onMove: (at: Interview['at']) => void;
}

/** Where one is in the interview, and the way to any other step. */
export function Steps({ at, answers, isBusy, onMove }: StepsProps) {
  const { t } = useTranslation();
  const place = steps.indexOf(at);
  return (
    <nav className="begin-steps" aria-label={t('begin.where')}>
      <p>{at === 'proposal' ? t('begin.last') : t('begin.number', { number: place + 1, of: steps.length - 1 })}</p>
      <ol>
        {steps.map((step) => (
          <li key={step}>
            <button
              type="button"
              aria-current={step === at ? 'step' : undefined}
              disabled={isBusy || step === at}
              data-behind={steps.indexOf(step) < place || (step !== 'proposal' && isAnswered(step, answers))}
              onClick={() => onMove(step)}
            >
              <span>{t(`begin.steps.${step}`)}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
