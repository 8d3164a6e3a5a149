import { Link, Outlet } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../lib/workspace.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { useSettingsRooms } from './settings-rooms.ts';

/** Around every screen of the settings: the way to the others, as far as the person may go there. */
export function SettingsFrame() {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const rooms = useSettingsRooms();
  return (
    <>
      <nav className="settings-nav" aria-label={t('app.settings')}>
        {rooms.map(({ to, label }) => (
          <Link key={to} to={to} params={{ workspaceId }}>
            {label}
          </Link>
        ))}
      </nav>
      <Suspense fallback={<Waiting label={t('app.loading')} />}>
        <Outlet />
      </Suspense>
    </>
  );
}
