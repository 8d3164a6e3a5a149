import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { BeginScreen } from '../../features/onboarding/begin-screen.tsx';

const from = '/w/$workspaceId/begin';

/** /w/…/begin */
export function BeginRoute() {
  const { workspaceId } = useParams({ from });
  const { at } = useSearch({ from });
  const navigate = useNavigate();
  return (
    <BeginScreen
      at={at}
      onMove={(next) => void navigate({ to: from, params: { workspaceId }, search: { at: next } })}
      onLater={() => void navigate({ to: '/w/$workspaceId', params: { workspaceId } })}
      onMade={(postId) =>
        void (postId
          ? navigate({ to: '/w/$workspaceId/posts/$postId', params: { workspaceId, postId }, search: { begun: true } })
          : navigate({ to: '/w/$workspaceId', params: { workspaceId } }))
      }
    />
  );
}
