import { ActionIcon } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../../lib/api.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useMay, useWorkspace } from '../../../lib/workspace.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { IconTrash } from '../../../ui/icons.ts';
import { LinkButton } from '../../../ui/link-button.tsx';
import { EmptyState, Sheet } from '../../../ui/sheet.tsx';
import { Waiting } from '../../../ui/waiting.tsx';
import { usePostActs } from '../compose/use-post-acts.ts';
import { excerptOf } from '../excerpt-of.ts';
import '../posts.css';

/** What is begun and not scheduled, the last touched first. */
export function Drafts() {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  const acts = usePostActs();
  const mayRemove = useMay('posts.remove');
  const { data, error, isPending, refetch } = useQuery(
    api.posts.list.queryOptions({ input: { workspaceId, state: 'draft', limit: 200 } }),
  );
  if (isPending) return <Waiting label={t('app.loading')} />;
  if (error) return <FailureNotice error={error} onRetry={() => void refetch()} />;
  if (data.items.length === 0) {
    return (
      <EmptyState
        title={t('calendar.noDrafts.title')}
        action={
          <LinkButton to="/w/$workspaceId/posts/$postId" params={{ workspaceId, postId: 'new' }}>
            {t('app.compose')}
          </LinkButton>
        }
      >
        <p>{t('calendar.noDrafts.text')}</p>
      </EmptyState>
    );
  }
  return (
    <Sheet>
      <ul className="post-lines">
        {data.items.map((post) => (
          <li key={post.id} className="post-line">
            <div className="post-words">
              <Link to="/w/$workspaceId/posts/$postId" params={{ workspaceId, postId: post.id }} dir="auto">
                {excerptOf(post) || t('compose.untitled')}
              </Link>
              <span>
                {post.plannedFor ? `${t('calendar.meantFor', { time: format.dateTime(post.plannedFor.at) })} · ` : ''}
                {t('posts.changed', { time: format.dateTime(post.updatedAt) })}
              </span>
            </div>
            {mayRemove ? (
              <ActionIcon
                aria-label={t('calendar.removeDraft', { title: excerptOf(post) || t('compose.untitled') })}
                onClick={() => void acts.remove(post.id)}
              >
                <IconTrash size={18} />
              </ActionIcon>
            ) : null}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
