import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../lib/workspace.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { useSettingsRooms } from './settings-rooms.ts';

/** Around every screen of the settings: the way to the others, as far as the person may go there. */
export function SettingsFrame() {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const rooms = useSettingsRooms();
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address marks another room
  useEffect(() => {
    // On a phone the rooms stand in one line that is longer than the screen: the one here must be in sight.
    const here = nav.current?.querySelector<HTMLElement>('[aria-current="page"]');
    if (here && nav.current)
      nav.current.scrollLeft = here.offsetLeft - (nav.current.clientWidth - here.offsetWidth) / 2;
  }, [pathname, rooms.length]);
  return (
    <>
      <nav ref={nav} className="settings-nav" aria-label={t('app.settings')}>
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
