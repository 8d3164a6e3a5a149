import { useTranslation } from 'react-i18next';
import type { InterviewAnswers, InterviewQuestion } from '#contract/onboarding.ts';
import { useNetworkName } from '../../lib/networks.ts';

/** Says the answer to a question in one line, for comparing. */
export function useAnswerWords(): (question: InterviewQuestion, answers: InterviewAnswers) => string {
  const { t } = useTranslation();
  const { t: say } = useTranslation('industries');
  const networkName = useNetworkName();
  return (question, answers) => {
    const { industry, wish } = answers;
    const kind = industry ?? 'other';
    const parts = {
      business: [industry ? say(`kinds.${industry}.name`) : '', answers.business, answers.place],
      buyers: [answers.buyers, answers.phone, answers.contact],
      accounts: answers.accounts.map((it) => `${networkName(it.network)} ${it.handle}`),
      minutes: [answers.minutes === null ? '' : t('begin.minutes.some', { count: answers.minutes })],
      wish: [wish && wish !== 'own' ? say(`kinds.${kind}.wishes.${wish}`) : '', answers.wishWords],
    }[question];
    return parts.filter((it) => it !== '').join(' · ') || t('begin.conflict.nothing');
  };
}
