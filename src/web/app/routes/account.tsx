import { Account } from '../../features/team/account.tsx';

/** /w/…/account */
export function AccountRoute() {
  return <Account />;
}
