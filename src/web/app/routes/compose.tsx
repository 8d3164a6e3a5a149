import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useRef, useState } from 'react';
import { ComposeScreen } from '../../features/publishing/compose/compose-screen.tsx';

const from = '/w/$workspaceId/posts/$postId';

/** /w/…/posts/new and /w/…/posts/… */
export function PostRoute() {
  const { workspaceId, postId } = useParams({ from });
  const { goal, on, begun, idea } = useSearch({ from });
  const navigate = useNavigate();
  // A new post gets its address while one is writing: the screen must stay the same one then.
  const stored = useRef<string | null>(null);
  const [screen, setScreen] = useState({ key: postId, postId });
  if (postId !== screen.postId) {
    setScreen({ key: postId === stored.current ? screen.key : `${postId} ${Date.now()}`, postId });
  }
  const onStored = useCallback(
    (id: string) => {
      stored.current = id;
      void navigate({ to: from, params: { workspaceId, postId: id }, search: idea ? { idea } : {}, replace: true });
    },
    [navigate, workspaceId, idea],
  );
  return (
    <ComposeScreen
      key={screen.key}
      postId={postId === 'new' ? null : postId}
      hints={{ goalId: goal, on, begun, idea }}
      onStored={onStored}
      onRemoved={() =>
        void navigate({ to: '/w/$workspaceId/calendar', params: { workspaceId }, search: { view: 'drafts' } })
      }
    />
  );
}
