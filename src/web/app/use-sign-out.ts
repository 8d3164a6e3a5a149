import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { signOut } from '../lib/auth.ts';
import { showToast } from '../ui/toasts.tsx';

/** Ends the session and forgets what was fetched. */
export function useSignOut(): () => void {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  return () => {
    signOut()
      .then(() => navigate({ to: '/sign-in' }))
      .then(() => queries.clear())
      .catch(() => showToast({ tone: 'bad', text: t('failures.unreachable.title') }));
  };
}
