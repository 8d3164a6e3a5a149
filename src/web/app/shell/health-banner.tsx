import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../lib/api.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { Notice } from '../../ui/notice.tsx';

/** Says on every screen when something due does not move, or waits for a person's decision. */
export function HealthBanner() {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  const { data } = useQuery(
    api.publishing.health.queryOptions({
      input: { workspaceId },
      refetchOnWindowFocus: 'always',
    }),
  );
  if (!data || (data.state === 'fine' && data.needsDecision === 0)) return null;
  const look = (
    <Link
      to="/w/$workspaceId/deliveries"
      params={{ workspaceId }}
      search={{ show: data.needsDecision > 0 ? 'decide' : 'due' }}
      className="banner-link"
    >
      {t('health.look')}
    </Link>
  );
  return (
    <div className="banner">
      {data.state === 'fine' ? null : (
        <Notice tone={data.state === 'stopped' ? 'bad' : 'warn'} action={look}>
          {data.state === 'stopped'
            ? t('health.stopped')
            : t('health.behind', {
                count: data.overdue,
                since: data.oldestOverdueAt ? format.dateTime(data.oldestOverdueAt) : '',
              })}
        </Notice>
      )}
      {data.needsDecision > 0 ? (
        <Notice tone="warn" action={data.state === 'fine' ? look : undefined}>
          {t('health.needsDecision', { count: data.needsDecision })}
        </Notice>
      ) : null}
    </div>
  );
}
