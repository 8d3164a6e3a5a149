import { useLocation, useNavigate } from '@tanstack/react-router';
import { ResetPassword } from '../../features/team/reset-password.tsx';

/** /reset#token */
export function ResetRoute() {
  const token = useLocation({ select: ({ hash }) => hash });
  const navigate = useNavigate();
  return <ResetPassword key={token} token={token} onReset={() => void navigate({ to: '/sign-in', replace: true })} />;
}
