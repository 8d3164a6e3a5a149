import { useTranslation } from 'react-i18next';
import type { GoalStatus } from '#contract/strategy.ts';
import { goalTones } from '../../lib/goal-tones.ts';
import { Word } from '../../ui/notice.tsx';

/** A goal's status as a word. */
export function StatusWord({ status }: { status: GoalStatus }) {
  const { t } = useTranslation('first');
  return <Word tone={goalTones[status]}>{t(`goalStatus.${status}`)}</Word>;
}
