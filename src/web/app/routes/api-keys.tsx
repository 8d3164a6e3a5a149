import { ApiKeysScreen } from '../../features/team/api-keys-screen.tsx';

/** /w/…/api-keys */
export function ApiKeysRoute() {
  return <ApiKeysScreen />;
}
