import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Post } from '#contract/posts.ts';
import { api, client } from '../../../lib/api.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useReport } from '../../../lib/use-report.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { showToast } from '../../../ui/toasts.tsx';

/** Can it still be moved? */
export const isMovable = (post: Post): boolean => post.state === 'draft' || post.state === 'scheduled';

/** Moves a post to another wall-clock time of the workspace, with a way back. */
export function useMovePost(): (post: Post, local: string) => Promise<boolean> {
  const { t } = useTranslation();
  const { id: workspaceId, zone } = useWorkspace();
  const format = useFormat();
  const queries = useQueryClient();
  const report = useReport();
  const put = async (post: Pick<Post, 'id' | 'state' | 'revision'>, at: { local: string; zone: string }) => {
    const one = { workspaceId, postId: post.id, revision: post.revision };
    const moved =
      post.state === 'draft'
        ? await client.posts.update({ ...one, plannedFor: at })
        : await client.posts.schedule({ ...one, at });
    await Promise.all([api.posts, api.deliveries].map((it) => queries.invalidateQueries({ queryKey: it.key() })));
    return moved;
  };
  return (post, local) =>
    report(async () => {
      const before = post.plannedFor;
      const moved = await put(post, { local, zone });
      const text = t(moved.plannedFor?.moved ? 'calendar.movedGap' : 'calendar.moved', {
        time: format.longDateTime(moved.plannedFor?.local ?? local),
      });
      const undo = before
        ? { label: t('app.undo'), run: () => void report(async () => void (await put(moved, before))) }
        : undefined;
      showToast({ text, about: post.id, ...(undo ? { undo } : {}) });
    });
}
