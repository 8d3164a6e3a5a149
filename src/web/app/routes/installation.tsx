import { InstallationScreen } from '../../features/operator/installation-screen.tsx';

/** /w/…/installation */
export function InstallationRoute() {
  return <InstallationScreen />;
}
