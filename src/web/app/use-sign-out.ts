import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../lib/api.ts';
import { signOut } from '../lib/auth.ts';
import { showToast } from '../ui/toasts.tsx';

/** Ends the session and forgets what was fetched. Out of a demo's café one comes to its doorway: nobody has a password. */
export function useSignOut(): () => void {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  return () => {
    const isDemo = queries.getQueryData(api.me.get.queryKey())?.demo === true;
    signOut()
      .then(() => (isDemo ? window.location.assign('/demo') : navigate({ to: '/sign-in' })))
      .then(() => queries.clear())
      .catch(() => showToast({ tone: 'bad', text: t('failures.unreachable.title') }));
  };
}
