import { getRouteApi } from '@tanstack/react-router';
import { NoticesScreen } from '../../features/notices/notices-screen.tsx';

const route = getRouteApi('/w/$workspaceId/notices');

/** /w/…/notices */
export function NoticesRoute() {
  const { show = 'all' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <NoticesScreen
      view={show}
      onView={(view) => void navigate({ search: view === 'all' ? {} : { show: view }, replace: true })}
    />
  );
}
