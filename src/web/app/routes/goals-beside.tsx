import { Outlet, useParams } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { GoalsBeside } from '../../features/strategy/goals-beside.tsx';
import { Waiting } from '../../ui/waiting.tsx';

/** Around /w/…/goals/…: the list stays while one goes from goal to goal. */
export function GoalsBesideRoute() {
  const { t } = useTranslation();
  const { goalId } = useParams({ strict: false });
  return (
    <GoalsBeside openId={goalId}>
      <Suspense fallback={<Waiting label={t('app.loading')} />}>
        <Outlet />
      </Suspense>
    </GoalsBeside>
  );
}
