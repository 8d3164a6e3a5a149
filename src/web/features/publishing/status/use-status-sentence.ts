import { useTranslation } from 'react-i18next';
import type { PublishingStatus } from '#contract/publishing-status.ts';
import type { StatusWindow } from '../../../lib/evidence.ts';
import { useLateWords } from '../../../lib/use-late-words.ts';
import { chooseSentence } from './choose-sentence.ts';

/** How publishing did, in one sentence. */
export function useStatusSentence(): (status: PublishingStatus, days: StatusWindow) => string {
  const { t } = useTranslation('status');
  const late = useLateWords();
  return (status, days) => {
    const { key, count } = chooseSentence(status);
    return t(`sentence.${key}`, { span: t(`span.${days}`), count, late: late(status.lateness.maxMs ?? 0) });
  };
}
