import { useNavigate, useSearch } from '@tanstack/react-router';
import { DeliveriesScreen } from '../../features/publishing/deliveries/deliveries-screen.tsx';

const from = '/w/$workspaceId/deliveries';

/** /w/…/deliveries */
export function DeliveriesRoute() {
  const { show = 'all' } = useSearch({ from });
  const navigate = useNavigate({ from });
  return (
    <DeliveriesScreen
      view={show}
      onView={(view) => void navigate({ search: view === 'all' ? {} : { show: view }, replace: true })}
    />
  );
}
