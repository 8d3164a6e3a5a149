import { Settings } from '../../features/team/settings.tsx';

/** /w/…/settings */
export function SettingsRoute() {
  return <Settings />;
}
