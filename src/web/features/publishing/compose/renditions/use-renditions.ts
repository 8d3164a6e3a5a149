import { useQueries } from '@tanstack/react-query';
import type { Content } from '#contract/content.ts';
import type { Medium, Rendition } from '#contract/media.ts';
import { api } from '../../../../lib/api.ts';
import { useWorkspace } from '../../../../lib/workspace.tsx';
import { askAgain } from './ask-again.ts';

/** A medium of a post as it will go out; `rendition` is null until the server has made it. */
export interface GoingOut {
  mediumId: string;
  name: string;
  rendition: Rendition | null;
}

/** What of a post's media will go out on a network, in their order, each once. */
export function useRenditions(network: string, content: Content, media: ReadonlyMap<string, Medium>): GoingOut[] {
  const { id: workspaceId } = useWorkspace();
  const ids = [...new Set(content.parts.flatMap((part) => part.media.map((it) => it.mediumId)))];
  const known = ids.flatMap((id) => media.get(id) ?? []);
  const found = useQueries({
    queries: known.map(({ id: mediumId }) =>
      api.media.rendition.queryOptions({
        input: { workspaceId, mediumId, network },
        // What was made once stays as it is; what could not be made may be tried again.
        staleTime: ({ state }) => (state.data?.state === 'ready' ? Number.POSITIVE_INFINITY : 0),
        refetchInterval: ({ state }) => askAgain(state.data),
      }),
    ),
  });
  return known.map(({ id, name }, at) => ({ mediumId: id, name, rendition: found[at]?.data ?? null }));
}
