import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Progress } from '#contract/analytics.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { Notice } from '../../ui/notice.tsx';

/**
 * Says what the figure does not know. A figure without gaps says nothing. That the goal serves no objective is no gap in
 * its figure; it stands with what was agreed.
 */
export function Gaps({ gaps: all }: { gaps: Progress['gaps'] }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const gaps = all.filter(({ code }) => code !== 'no-objective');
  if (gaps.length === 0) return null;
  return (
    <Notice tone="quiet" title={t('gaps.title')}>
      <ul className="gap-list">
        {gaps.map(({ code, count }) => (
          <li key={code}>
            {t(`gaps.${code}`, { count })}
            {code === 'no-page' || code === 'no-channel' ? (
              <>
                {' '}
                <Link
                  to="/w/$workspaceId/channels/new"
                  params={{ workspaceId }}
                  search={code === 'no-page' ? { network: 'page' } : {}}
                >
                  {t(code === 'no-page' ? 'ownPage.open' : 'gaps.addChannel')}
                </Link>
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
