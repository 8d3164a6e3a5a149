import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ShareScreen } from '../../features/publishing/share/share-screen.tsx';
import { api } from '../../lib/api.ts';
import { isRefused } from '../../lib/failure.ts';
import { speak } from '../../lib/languages.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Waiting } from '../../ui/waiting.tsx';

/** /share: what another app handed over. Who is signed out signs in first; until then it stays on the device. */
export function ShareRoute() {
  const { t } = useTranslation();
  const { kept } = useSearch({ from: '/share' });
  const navigate = useNavigate();
  const me = useQuery(api.me.get.queryOptions());
  useEffect(() => {
    if (me.data) void speak(me.data.language);
  }, [me.data]);
  if (me.isPending || isRefused(me.error, 'signed-out')) return <Waiting label={t('app.loading')} />;
  if (me.error) return <FailureNotice error={me.error} onRetry={() => void me.refetch()} />;
  return (
    <ShareScreen
      person={me.data}
      shareId={kept}
      onChosen={(workspaceId, share) =>
        void navigate({
          to: '/w/$workspaceId/posts/$postId',
          params: { workspaceId, postId: 'new' },
          search: { share },
          replace: true,
        })
      }
      onDiscarded={() => void navigate({ to: '/', replace: true })}
    />
  );
}
