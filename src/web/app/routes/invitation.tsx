import { useLocation, useNavigate } from '@tanstack/react-router';
import { AcceptInvitation } from '../../features/team/accept-invitation.tsx';

/** /invitation#token */
export function InvitationRoute() {
  const token = useLocation({ select: ({ hash }) => hash });
  const navigate = useNavigate();
  return (
    <AcceptInvitation
      key={token}
      token={token}
      onJoined={(workspaceId) => void navigate({ to: '/w/$workspaceId/today', params: { workspaceId }, replace: true })}
    />
  );
}
