import { useNavigate, useSearch } from '@tanstack/react-router';
import { SignIn } from '../../features/team/sign-in.tsx';

/** /sign-in */
export function SignInRoute() {
  const { next } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  return <SignIn onSignedIn={() => void (next ? navigate({ href: next }) : navigate({ to: '/' }))} />;
}
