import { ForgottenPassword } from '../../features/team/forgotten-password.tsx';

/** /forgotten-password */
export function ForgottenPasswordRoute() {
  return <ForgottenPassword />;
}
