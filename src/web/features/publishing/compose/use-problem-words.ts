import { useTranslation } from 'react-i18next';
import type { ContentProblem } from '#contract/content.ts';

/** Says what a rule book has against content, and what to do. */
export function useProblemWords(): (problem: ContentProblem) => string {
  const { t } = useTranslation();
  return ({ code, params }) =>
    t(`contentProblems.${code}`, { ...params, count: Number(params?.['over'] ?? 0), is: params?.['count'] });
}
