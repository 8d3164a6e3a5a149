import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../lib/api.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { IconBell } from '../../ui/icons.ts';
import { useKeepDevice } from './push-here.ts';
import './bell.css';

/** The way to the notices, with how many are unread. `inSheet`: as a line among others. */
export function Bell({ inSheet = false, onPress }: { inSheet?: boolean; onPress?: () => void }) {
  const { t } = useTranslation('notices');
  const { id: workspaceId, personId } = useWorkspace();
  const count = useUnread();
  useKeepDevice(personId);
  const name = count > 0 ? t('bellUnread', { count }) : t('bell');
  const link = (
    <Link
      to="/w/$workspaceId/notices"
      params={{ workspaceId }}
      className={inSheet ? 'rail-room bell' : 'bell bell-alone'}
      // As a line it shows the words that it is called by.
      {...(inSheet ? {} : { 'aria-label': name })}
      {...(onPress ? { onClick: onPress } : {})}
    >
      <IconBell size={20} />
      {inSheet ? name : null}
      {count > 0 && !inSheet ? (
        <span className="bell-count" aria-hidden="true">
          {count > 99 ? '99+' : count}
        </span>
      ) : null}
    </Link>
  );
  if (inSheet) return link;
  return (
    <>
      {link}
      <Announcement />
    </>
  );
}

/** Says to who cannot see the bell that something has come while they work. */
function Announcement() {
  const { t } = useTranslation('notices');
  const count = useUnreadCount();
  const [seen, setSeen] = useState(count);
  const [hasCome, setCome] = useState(false);
  if (count !== seen) {
    setSeen(count);
    // The first count is what was there before.
    if (count !== undefined && seen !== undefined && count > seen) setCome(true);
  }
  return (
    <span className="unseen" role="status">
      {hasCome && count ? t('bellUnread', { count }) : ''}
    </span>
  );
}

/** A mark on what leads to the bell, while something is unread; says so too. */
export function BellMark() {
  const { t } = useTranslation('notices');
  const count = useUnread();
  if (count === 0) return null;
  return (
    <span className="bell-mark">
      <span className="unseen">{t('bellUnread', { count })}</span>
    </span>
  );
}

const useUnread = (): number => useUnreadCount() ?? 0;

function useUnreadCount(): number | undefined {
  const { id: workspaceId } = useWorkspace();
  return useQuery(api.notices.unread.queryOptions({ input: { workspaceId } })).data?.count;
}
