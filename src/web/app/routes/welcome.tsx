import { useNavigate } from '@tanstack/react-router';
import { Welcome } from '../../features/team/welcome.tsx';

/** /welcome */
export function WelcomeRoute() {
  const navigate = useNavigate();
  return (
    <Welcome
      onOpened={(workspaceId) => void navigate({ to: '/w/$workspaceId/begin', params: { workspaceId } })}
      onSignedOut={() => void navigate({ to: '/sign-in' })}
    />
  );
}
