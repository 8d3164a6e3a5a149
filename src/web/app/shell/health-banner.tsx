import { useQuery } from '@tanstack/react-query';
import { Link, useMatch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../lib/api.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { Notice } from '../../ui/notice.tsx';

/** Says on every screen when something due does not move, or waits for a person's decision. */
export function HealthBanner() {
  const { t } = useTranslation('first');
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  const { data } = useQuery(
    api.publishing.health.queryOptions({
      input: { workspaceId },
      refetchOnWindowFocus: 'always',
    }),
  );
  // The morning page says first what waits for a decision, with the reason; here it would be said a second time.
  const isToday = useMatch({ from: '/w/$workspaceId/today', shouldThrow: false }) !== undefined;
  const { data: morning, isPending } = useQuery(
    api.today.get.queryOptions({ input: { workspaceId }, enabled: isToday, select: saysDecisions }),
  );
  const needsDecision = isToday && (isPending || morning === true) ? 0 : (data?.needsDecision ?? 0);
  if (!data || (data.state === 'fine' && needsDecision === 0)) return null;
  const look =
    data.state === 'fine' ? (
      <Link
        to="/w/$workspaceId/deliveries"
        params={{ workspaceId }}
        search={{ show: 'decide' }}
        className="banner-link"
      >
        {t('health.look')}
      </Link>
    ) : (
      <Link to="/w/$workspaceId/status" params={{ workspaceId }} search={{}} className="banner-link">
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
      {needsDecision > 0 ? (
        <Notice tone="warn" action={data.state === 'fine' ? look : undefined}>
          {t('health.needsDecision', { count: needsDecision })}
        </Notice>
      ) : null}
    </div>
  );
}

const decisions = ['delivery-unconfirmed', 'delivery-failed', 'delivery-held'];

/** Whether the morning page suggests any of what waits for a decision. */
const saysDecisions = ({ suggestions }: { suggestions: readonly { kind: string }[] }): boolean =>
  suggestions.some(({ kind }) => decisions.includes(kind));
