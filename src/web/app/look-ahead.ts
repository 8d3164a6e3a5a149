import type { QueryClient } from '@tanstack/react-query';
import { api } from '../lib/api.ts';
import { readAddress } from './read-address.ts';

/**
 * Takes what `ask-ahead.ts` asked for into the cache, where the shell and the first screen, which would ask one after the
 * other, find it. Returns the texts that they need besides those of every screen, and what resolves when the answers are
 * here, whatever they are.
 */
export function lookAhead(queries: QueryClient): { texts: string[]; answered: Promise<unknown> } {
  const ahead = readAddress();
  if (!ahead) return { texts: ['web'], answered: Promise.resolve() };
  const input = { workspaceId: ahead.workspaceId };
  const answered = Promise.all([
    queries.prefetchQuery(api.me.get.queryOptions()),
    ...(ahead.isToday ? [queries.prefetchQuery(api.today.get.queryOptions({ input }))] : []),
    queries.prefetchQuery(api.publishing.health.queryOptions({ input })),
    queries.prefetchQuery(api.publishing.holds.queryOptions({ input })),
    queries.prefetchQuery(api.notices.unread.queryOptions({ input })),
    queries.prefetchQuery(api.channels.list.queryOptions({ input: { ...input, limit: 200 } })),
  ]);
  return { texts: ahead.texts, answered };
}
