import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '#contract/channels.ts';
import type { Post, Serves } from '#contract/posts.ts';
import { api } from '../../../lib/api.ts';
import { useChannels } from '../../../lib/use-everyone.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { Page } from '../../../ui/page.tsx';
import { Waiting } from '../../../ui/waiting.tsx';
import { beginDraft, type PostDraft } from '../draft/post-draft.ts';
import { useShelfPlace } from '../draft/use-shelf-place.ts';
import { Composer } from './composer.tsx';

interface ComposeScreenProps {
  /** The post in the address, or null for a new one. */
  postId: string | null;
  /** What a new post begins with, from where one came. */
  hints: {
    goalId?: string | undefined;
    on?: string | undefined;
    begun?: boolean | undefined;
    idea?: string | undefined;
  };
  /** Where unsent words of a new post lie on this device. */
  draftId: string | undefined;
  /** What another app handed over. */
  shareId: string | undefined;
  onStored: (postId: string) => void;
  /** A new post has words, which lie there until the server has them. */
  onKept: (draftId: string) => void;
  onRemoved: () => void;
}

/** Fetches what the composer needs, and opens it once. */
export function ComposeScreen(props: ComposeScreenProps) {
  const { postId, hints, draftId, shareId, onStored, onKept, onRemoved } = props;
  const { t } = useTranslation();
  const { id: workspaceId, personId, language, zone } = useWorkspace();
  const held = useShelfPlace({ personId, workspaceId, postId }, draftId);
  const channels = useChannels();
  const post = useQuery({
    ...api.posts.get.queryOptions({ input: { workspaceId, postId: postId ?? '' } }),
    enabled: postId !== null,
  });
  // With one goal there is nothing to choose.
  const seeksGoal = postId === null && hints.goalId === undefined;
  const goals = useQuery({
    ...api.goals.list.queryOptions({ input: { workspaceId, limit: 2 } }),
    enabled: seeksGoal,
  });
  const isSeeking = seeksGoal && goals.isLoading;
  const [only, second] = goals.data?.items ?? [];
  const goalId = hints.goalId ?? (second ? undefined : only?.id);
  const [opened, setOpened] = useState<{ post: Post | null } | null>(postId === null ? { post: null } : null);
  if (!opened && post.data && !post.isFetching) setOpened({ post: post.data });
  if (post.error && !opened) {
    return (
      <Page title={t('compose.open')}>
        <FailureNotice error={post.error} onRetry={() => void post.refetch()} />
      </Page>
    );
  }
  if (!channels || !opened || !held || isSeeking) return <Waiting label={t('app.loading')} />;
  return (
    <Composer
      opened={opened.post}
      current={post.data ?? null}
      begin={propose({ language, zone, channels, hints: { ...hints, goalId } })}
      held={held}
      shareId={shareId}
      channels={channels}
      isLastStep={hints.begun === true}
      idea={hints.idea ?? null}
      onStored={onStored}
      onKept={onKept}
      onRemoved={onRemoved}
    />
  );
}

/** A new post goes to every connected channel, in the business's language, for the goal one came from or the only one. */
function propose(from: {
  language: string;
  zone: string;
  channels: Channel[];
  hints: ComposeScreenProps['hints'];
}): PostDraft {
  const { language, zone, channels, hints } = from;
  const connected = channels.filter((it) => it.connection.state === 'connected' && it.state === 'active');
  return {
    ...beginDraft(language),
    variants: Object.fromEntries(connected.map((it) => [it.id, null])),
    ...(hints.goalId ? { serves: { kind: 'goal', goalId: hints.goalId } as Serves } : {}),
    ...(hints.on ? { plannedFor: { local: `${hints.on}T10:00`, zone } } : {}),
  };
}
