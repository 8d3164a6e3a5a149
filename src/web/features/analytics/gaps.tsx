import { useTranslation } from 'react-i18next';
import type { Progress } from '#contract/analytics.ts';
import { Notice } from '../../ui/notice.tsx';

/** Says what the figure does not know. A figure without gaps says nothing. */
export function Gaps({ gaps }: { gaps: Progress['gaps'] }) {
  const { t } = useTranslation();
  if (gaps.length === 0) return null;
  return (
    <Notice tone="quiet" title={t('gaps.title')}>
      <ul className="gap-list">
        {gaps.map(({ code, count }) => (
          <li key={code}>{t(`gaps.${code}`, { count })}</li>
        ))}
      </ul>
    </Notice>
  );
}
