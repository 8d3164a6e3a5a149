import { useQuery } from '@tanstack/react-query';
import type { Post } from '#contract/posts.ts';
import { api, client } from '../../../lib/api.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { instantsOf } from './lay-week.ts';

/** As many as one answer holds, and as many answers as are asked for. */
const limit = 200;
const mostAnswers = 5;

/** What is planned from a day on for some days, all of it; `isMore` when even that is too much for a screen. */
export function usePlanned(from: string, days: number) {
  const { id: workspaceId, zone } = useWorkspace();
  const input = { workspaceId, state: 'planned' as const, ...instantsOf(from, days, zone), limit };
  const { queryKey } = api.posts.list.queryOptions({ input });
  return useQuery({
    queryKey: [...queryKey, 'all'] as const,
    queryFn: async ({ signal }): Promise<{ posts: Post[]; isMore: boolean }> => {
      const posts: Post[] = [];
      let cursor: string | undefined;
      for (let answers = 0; answers < mostAnswers; answers += 1) {
        const page = await client.posts.list({ ...input, ...(cursor ? { cursor } : {}) }, { signal });
        posts.push(...page.items);
        if (!page.next) return { posts, isMore: false };
        cursor = page.next;
      }
      return { posts, isMore: true };
    },
    // The days that were on the screen stay until the others are there.
    placeholderData: (before) => before,
  });
}
