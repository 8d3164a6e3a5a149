import { useNavigate, useSearch } from '@tanstack/react-router';
import { StatusScreen } from '../../features/publishing/status/status-screen.tsx';

const from = '/w/$workspaceId/status';

/** /w/…/status */
export function StatusRoute() {
  const { days = 7 } = useSearch({ from });
  const navigate = useNavigate({ from });
  return (
    <StatusScreen
      days={days}
      onDays={(chosen) => void navigate({ search: chosen === 7 ? {} : { days: chosen }, replace: true })}
    />
  );
}
