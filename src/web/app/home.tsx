import { useQuery } from '@tanstack/react-query';
import { Navigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../lib/api.ts';
import { isRefused } from '../lib/failure.ts';
import { lastWorkspace } from '../lib/last-workspace.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Waiting } from '../ui/waiting.tsx';

/** Rooms that a press on the app's icon offers. */
const rooms = {
  today: '/w/$workspaceId/today',
  compose: '/w/$workspaceId/compose',
  calendar: '/w/$workspaceId/calendar',
} as const;

/** The bare address: leads to the workspace used last, to making one, or to signing in. */
export function Home() {
  const { t } = useTranslation('first');
  const { open: room } = useSearch({ from: '/' });
  const me = useQuery(api.me.get.queryOptions());
  if (me.isPending) return <Waiting label={t('app.loading')} />;
  if (isRefused(me.error, 'signed-out')) return <Navigate to="/sign-in" replace />;
  if (me.error) return <FailureNotice error={me.error} onRetry={() => void me.refetch()} />;
  const { workspaces } = me.data;
  const open = workspaces.find((it) => it.id === lastWorkspace()) ?? workspaces[0];
  if (!open) return <Navigate to="/welcome" replace />;
  return <Navigate to={rooms[room ?? 'today']} params={{ workspaceId: open.id }} replace />;
}
