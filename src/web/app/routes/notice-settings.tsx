import { NoticeSettingsScreen } from '../../features/notices/notice-settings.tsx';

/** /w/…/notice-settings */
export function NoticeSettingsRoute() {
  return <NoticeSettingsScreen />;
}
