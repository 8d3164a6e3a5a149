import { useLocation, useNavigate } from '@tanstack/react-router';
import { ConfirmAddress } from '../../features/team/confirm-address.tsx';

/** /confirm#token */
export function ConfirmRoute() {
  const token = useLocation({ select: ({ hash }) => hash });
  const navigate = useNavigate();
  return (
    <ConfirmAddress key={token} token={token} onConfirmed={() => void navigate({ to: '/welcome', replace: true })} />
  );
}
