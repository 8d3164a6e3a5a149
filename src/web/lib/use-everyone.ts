import { useQuery } from '@tanstack/react-query';
import type { Channel } from '#contract/channels.ts';
import type { Member } from '#contract/people.ts';
import { api } from './api.ts';
import { useWorkspace } from './workspace.tsx';

const all = { limit: 200 };

/** The members of the workspace; empty while they are fetched. */
export function useMembers(): Member[] {
  const { id: workspaceId } = useWorkspace();
  return (
    useQuery(api.members.list.queryOptions({ input: { workspaceId, ...all }, staleTime: 60_000 })).data?.items ?? []
  );
}

/** The channels of the workspace that are not archived; undefined while they are fetched. */
export function useChannels(): Channel[] | undefined {
  const { id: workspaceId } = useWorkspace();
  const { data } = useQuery(api.channels.list.queryOptions({ input: { workspaceId, ...all } }));
  return data?.items.filter((it) => it.archivedAt === null);
}
