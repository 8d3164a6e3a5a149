import { useQueries } from '@tanstack/react-query';
import type { Content } from '#contract/content.ts';
import type { Medium } from '#contract/media.ts';
import { api } from '../../../lib/api.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';

/** The pictures that these contents show, by id. Those not fetched yet are missing. */
export function useMedia(contents: Content[]): ReadonlyMap<string, Medium> {
  const { id: workspaceId } = useWorkspace();
  const ids = [...new Set(contents.flatMap((it) => it.parts.flatMap((part) => part.media.map((one) => one.mediumId))))];
  const found = useQueries({
    queries: ids.map((mediumId) =>
      api.media.get.queryOptions({ input: { workspaceId, mediumId }, staleTime: Number.POSITIVE_INFINITY }),
    ),
  });
  return new Map(found.flatMap(({ data }) => (data ? [[data.id as string, data] as const] : [])));
}
