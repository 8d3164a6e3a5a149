import { AuditScreen } from '../../features/team/audit-screen.tsx';

/** /w/…/audit */
export function AuditRoute() {
  return <AuditScreen />;
}
