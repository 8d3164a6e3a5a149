import { useTranslation } from 'react-i18next';
import type { GoalStatus } from '#contract/strategy.ts';
import { type Tone, Word } from '../../ui/notice.tsx';

const tones: Record<GoalStatus, Tone> = {
  'on-track': 'accent',
  'at-risk': 'warn',
  reached: 'good',
  missed: 'bad',
  'not-enough-data': 'quiet',
};

/** A goal's status as a word. */
export function StatusWord({ status }: { status: GoalStatus }) {
  const { t } = useTranslation();
  return <Word tone={tones[status]}>{t(`goalStatus.${status}`)}</Word>;
}
