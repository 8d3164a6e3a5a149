import { Outlet } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Toasts } from '../ui/toasts.tsx';
import { Waiting } from '../ui/waiting.tsx';

/** Around every screen. */
export function Root() {
  const { t } = useTranslation('first');
  return (
    <>
      <Suspense fallback={<Waiting label={t('app.loading')} />}>
        <Outlet />
      </Suspense>
      <Toasts closeLabel={t('app.close')} />
    </>
  );
}
