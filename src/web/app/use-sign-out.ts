import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { clearEntries, listEntries } from '../features/publishing/draft/draft-shelf.ts';
import { api } from '../lib/api.ts';
import { signOut } from '../lib/auth.ts';
import { forgetReading } from '../lib/kept-reading.ts';
import { forgetKept } from '../lib/use-kept.ts';
import { showToast } from '../ui/toasts.tsx';
import { askLeaving } from './leaving.ts';

/**
 * Ends the session and removes from this device what was read, written and shared here; asks first when words would be
 * lost by it. Out of a demo's café one comes to its doorway: nobody has a password.
 */
export function useSignOut(): () => void {
  const { t } = useTranslation('first');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const leave = async () => {
    const isDemo = queries.getQueryData(api.me.get.queryKey())?.demo === true;
    await signOut();
    clearEntries();
    forgetKept();
    const { dropShares } = await import('../pwa/share-store.ts');
    const { clearPictures } = await import('../features/publishing/draft/picture-shelf.ts');
    // A browser that lets nothing be kept has nothing to forget.
    await Promise.allSettled([forgetReading(), dropShares(), clearPictures()]);
    if (isDemo) window.location.assign('/demo');
    else await navigate({ to: '/sign-in' });
    queries.clear();
  };
  const fail = () => showToast({ tone: 'bad', text: t('failures.unreachable.title') });
  return () => {
    const person = queries.getQueryData(api.me.get.queryKey());
    void saveWords(person?.id)
      .then((count) => (count === 0 ? leave() : askLeaving({ count, leave: () => leave().catch(fail) })))
      .catch(fail);
  };
}

/** Sends what is on this device only; resolves to how many drafts still are. */
async function saveWords(personId: string | undefined): Promise<number> {
  if (personId === undefined || listEntries(personId).length === 0) return 0;
  const { sendAll } = await import('../features/publishing/draft/send-all.ts');
  await sendAll(personId);
  return listEntries(personId).length;
}
