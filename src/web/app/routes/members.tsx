import { MembersScreen } from '../../features/team/members-screen.tsx';

/** /w/…/members */
export function MembersRoute() {
  return <MembersScreen />;
}
