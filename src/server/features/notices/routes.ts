import type { Routes } from '#server/platform/context/index.ts';
import { countUnreadNotices, listNotices } from './list-notices.ts';
import { markAllNotices, markNotices } from './mark-notices.ts';
import { addDevice, removeDevice } from './push/index.ts';
import { chooseNotices, getNoticeSettings } from './settings.ts';

export const noticeRoutes = {
  notices: {
    list: listNotices,
    unread: countUnreadNotices,
    mark: markNotices,
    markAll: markAllNotices,
    settings: getNoticeSettings,
    choose: chooseNotices,
    addDevice,
    removeDevice,
  },
} satisfies Routes<'notices'>;
