import { useNavigate } from '@tanstack/react-router';
import { SignUp } from '../../features/team/sign-up.tsx';

/** /sign-up */
export function SignUpRoute() {
  const navigate = useNavigate();
  return <SignUp onSignedUp={() => void navigate({ to: '/welcome' })} />;
}
