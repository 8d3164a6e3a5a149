import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useRef, useState } from 'react';
import { ComposeScreen } from '../../features/publishing/compose/compose-screen.tsx';

const from = '/w/$workspaceId/posts/$postId';

/** /w/…/posts/new and /w/…/posts/… */
export function PostRoute() {
  const { workspaceId, postId } = useParams({ from });
  const { goal, on, draft, share, begun, idea } = useSearch({ from });
  const navigate = useNavigate();
  // A new post gets its address while one is writing, first on this device, then on the server: the screen must stay the
  // same one then.
  const place = postId === 'new' && draft ? draft : postId;
  const stored = useRef<string | null>(null);
  const [screen, setScreen] = useState({ key: place, place });
  if (place !== screen.place) {
    setScreen({ key: place === stored.current ? screen.key : `${place} ${Date.now()}`, place });
  }
  const onStored = useCallback(
    (id: string) => {
      stored.current = id;
      void navigate({ to: from, params: { workspaceId, postId: id }, search: idea ? { idea } : {}, replace: true });
    },
    [navigate, workspaceId, idea],
  );
  const onKept = useCallback(
    (id: string) => {
      stored.current = id;
      const search = { draft: id };
      void navigate({ to: from, params: { workspaceId, postId: 'new' }, search, replace: true });
    },
    [navigate, workspaceId],
  );
  return (
    <ComposeScreen
      key={screen.key}
      postId={postId === 'new' ? null : postId}
      hints={{ goalId: goal, on, begun, idea }}
      draftId={draft}
      shareId={share}
      onStored={onStored}
      onKept={onKept}
      onRemoved={() =>
        void navigate({ to: '/w/$workspaceId/calendar', params: { workspaceId }, search: { view: 'drafts' } })
      }
    />
  );
}
