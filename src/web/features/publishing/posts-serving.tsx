import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
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

/** How many lines stand there before somebody asks for all. */
const FEW = 6;

interface PostsServingProps {
  goalId: string;
  /** The figure counts every post, whatever it serves. */
  countsAll: boolean;
}

/** The posts that serve a goal, or one of its initiatives: the latest first, the others when asked for. */
export function PostsServing({ goalId, countsAll }: PostsServingProps) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  const [showsAll, setShowsAll] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const { data, error, refetch } = useQuery(
    api.posts.list.queryOptions({ input: { workspaceId, goalId, limit: 100 } }),
  );
  useEffect(() => {
    // The button that was pressed is gone; one goes on where the new lines begin.
    if (showsAll) list.current?.children[FEW]?.querySelector('a')?.focus();
  }, [showsAll]);
  const items = data?.items ?? [];
  const none = countsAll ? t('posts.servingOthers') : t('posts.servingNone');
  return (
    <Sheet title={t('posts.serving')} lead={data?.items.length === 0 ? none : undefined}>
      {error ? <FailureNotice error={error} onRetry={() => void refetch()} /> : null}
      {items.length > 0 ? (
        <ul className="post-lines" ref={list}>
          {items.slice(0, showsAll ? undefined : FEW).map((it) => (
            <PostLine key={it.id} post={it} />
          ))}
        </ul>
      ) : null}
      {items.length > FEW && !showsAll ? (
        <div>
          <Button variant="default" onClick={() => setShowsAll(true)}>
            {t('posts.servingAll', { count: items.length, number: format.number(items.length) })}
          </Button>
        </div>
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
