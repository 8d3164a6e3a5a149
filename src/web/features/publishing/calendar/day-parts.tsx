import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../lib/use-format.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { IconPlus } from '../../../ui/icons.ts';

/** Leads to a new post for a day. */
export function WriteOn({ on }: { on: string }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  return (
    <Link
      to="/w/$workspaceId/posts/$postId"
      params={{ workspaceId, postId: 'new' }}
      search={{ on }}
      className="day-add"
      aria-label={t('calendar.writeOn', { date: format.fullDate(on) })}
    >
      <IconPlus size={18} />
    </Link>
  );
}

/** Says which channels could use a post on a day, and leads to one. */
export function FreeDay({ on, free }: { on: string; free: string }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  if (free === '') return null;
  return (
    <Link
      to="/w/$workspaceId/posts/$postId"
      params={{ workspaceId, postId: 'new' }}
      search={{ on }}
      className="free-day"
    >
      {t('rhythm.free', { where: free })}
    </Link>
  );
}
