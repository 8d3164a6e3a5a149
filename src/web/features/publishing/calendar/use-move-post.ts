import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Post } from '#contract/posts.ts';
import { api, client } from '../../../lib/api.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useReport } from '../../../lib/use-report.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { showToast } from '../../../ui/toasts.tsx';

/** A post with its place, as far as moving it matters. */
export type Movable = Pick<Post, 'id' | 'revision' | 'plannedFor'>;

/**
 * The last move of each post: the next one follows it, with the revision it made. Kept when it has been answered too,
 * for a card may have been taken up in between, as it was before.
 */
const lastMoves = new Map<string, Promise<Movable>>();

/** Moves a post to another wall-clock time of the workspace, with a way back. Resolves to whether it worked. */
export function useMovePost(): (post: Movable, local: string) => Promise<boolean> {
  const { t } = useTranslation();
  const { id: workspaceId, zone } = useWorkspace();
  const format = useFormat();
  const queries = useQueryClient();
  const report = useReport();
  const put = async (post: Movable, at: { local: string; zone: string } | null): Promise<Post> => {
    const moved = await client.posts.move({ workspaceId, postId: post.id, revision: post.revision, at });
    await Promise.all([api.posts, api.deliveries].map((it) => queries.invalidateQueries({ queryKey: it.key() })));
    return moved;
  };
  return (post, local) =>
    report(async () => {
      const last = await lastMoves.get(post.id)?.catch(() => undefined);
      const from = last && last.revision > post.revision ? last : post;
      const before = from.plannedFor;
      const moving = put(from, { local, zone });
      lastMoves.set(post.id, moving);
      const moved = await moving;
      const text = t(moved.plannedFor?.moved ? 'calendar.movedGap' : 'calendar.moved', {
        time: format.longDateTime(moved.plannedFor?.local ?? local),
      });
      const back = before ? { local: before.local, zone: before.zone } : null;
      const undo = async () => {
        await put(moved, back);
        showToast({ text: t('calendar.movedBack'), about: post.id });
      };
      showToast({
        text,
        about: post.id,
        undo: { label: t('app.undo'), run: () => void report(undo) },
      });
    });
}
