import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Post } from '#contract/posts.ts';
import { api, client } from '../../../lib/api.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useReport } from '../../../lib/use-report.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { showToast } from '../../../ui/toasts.tsx';

type OnPost = (post: Post) => void;

/** What can be done with a post as a whole. Each tells what happened, with a way back where there is one. */
export function usePostActs() {
  const { t } = useTranslation();
  const { id: workspaceId, zone } = useWorkspace();
  const format = useFormat();
  const queries = useQueryClient();
  const report = useReport();

  const refresh = (post?: Post) => {
    if (post) {
      const { queryKey } = api.posts.get.queryOptions({ input: { workspaceId, postId: post.id } });
      queries.setQueryData(queryKey, post);
    }
    const keys = [api.posts, api.deliveries, api.publishing, api.channels].map((it) => it.key());
    return Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
  };
  const cancel = (postId: string, onPost?: OnPost) =>
    report(async () => {
      const post = await client.posts.cancel({ workspaceId, postId });
      onPost?.(post);
      await refresh(post);
      showToast({ text: t('posts.cancelled'), about: postId, ...wayBack(post, onPost) });
    });
  /** Back on the calendar at the time it had, as long as that has not come and nothing of it went out. */
  const wayBack = (post: Post, onPost?: OnPost) => {
    const planned = post.plannedFor;
    if (post.state !== 'draft' || !planned || Date.parse(planned.at) <= Date.now()) return {};
    const at = { local: planned.local, zone: planned.zone };
    const run = () =>
      void report(async () => {
        const done = await client.posts.schedule({ workspaceId, postId: post.id, revision: post.revision, at });
        onPost?.(done);
        await refresh(done);
        showToast({ text: t('posts.scheduled', { time: format.longDateTime(planned.at) }), about: post.id });
      });
    return { undo: { label: t('app.undo'), run } };
  };
  const schedule = (post: { id: string; revision: number }, local: string, onPost?: OnPost) =>
    report(async () => {
      const done = await client.posts.schedule({
        workspaceId,
        postId: post.id,
        revision: post.revision,
        at: { local, zone },
      });
      onPost?.(done);
      await refresh(done);
      showToast({
        about: post.id,
        text: t('posts.scheduled', { time: format.longDateTime(done.plannedFor?.at ?? local) }),
        undo: { label: t('app.undo'), run: () => void cancel(post.id, onPost) },
      });
    });
  const publishNow = (post: { id: string; revision: number }, onPost?: OnPost) =>
    report(async () => {
      const done = await client.posts.publishNow({ workspaceId, postId: post.id, revision: post.revision });
      onPost?.(done);
      await refresh(done);
    });
  const restore = (postId: string) =>
    report(async () => {
      await refresh(await client.posts.restore({ workspaceId, postId }));
      showToast({ text: t('posts.restored'), about: postId });
    });
  const remove = (postId: string) =>
    report(async () => {
      await client.posts.remove({ workspaceId, postId });
      await refresh();
      showToast({
        text: t('posts.removed'),
        about: postId,
        undo: { label: t('app.undo'), run: () => void restore(postId) },
      });
    });
  return { schedule, publishNow, cancel, remove, refresh };
}
