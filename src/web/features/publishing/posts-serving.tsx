import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Post } from '#contract/posts.ts';
import { api } from '../../lib/api.ts';
import { useNetworkName } from '../../lib/networks.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { PostWord } from './delivery-words.tsx';
import { excerptOf } from './excerpt-of.ts';
import './posts.css';

/** The posts that serve a goal, or one of its initiatives. */
export function PostsServing({ goalId }: { goalId: string }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const { data, error, refetch } = useQuery(
    api.posts.list.queryOptions({ input: { workspaceId, goalId, limit: 100 } }),
  );
  return (
    <Sheet title={t('posts.serving')} lead={data?.items.length === 0 ? t('posts.servingNone') : undefined}>
      {error ? <FailureNotice error={error} onRetry={() => void refetch()} /> : null}
      {data && data.items.length > 0 ? (
        <ul className="post-lines">
          {data.items.map((it) => (
            <PostLine key={it.id} post={it} />
          ))}
        </ul>
      ) : null}
    </Sheet>
  );
}

/** A post in a line: what it says, where and when, how it stands. */
export function PostLine({ post }: { post: Post }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const networkName = useNetworkName();
  const format = useFormat();
  const networks = [...new Set(post.deliveries.map((it) => networkName(it.network)))];
  const published = post.deliveries.map((it) => it.publishedAt).find((it) => it !== null);
  const time = published ?? post.plannedFor?.at;
  return (
    <li className="post-line">
      <div className="post-words">
        <Link to="/w/$workspaceId/posts/$postId" params={{ workspaceId, postId: post.id }} dir="auto">
          {excerptOf(post) || t('compose.untitled')}
        </Link>
        <span>
          {[
            time ? format.dateTime(time) : t('posts.changed', { time: format.dateTime(post.updatedAt) }),
            ...networks,
          ].join(' · ')}
        </span>
      </div>
      <PostWord post={post} />
    </li>
  );
}
