import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api, client } from './api.ts';
import { useWorkspace } from './workspace.tsx';

/** Notes that the person looks at a goal's figures. That it could not be noted keeps nobody from looking. */
export function useNoteLook(): (goalId: string) => void {
  const { id: workspaceId } = useWorkspace();
  const queries = useQueryClient();
  return useCallback(
    (goalId) => {
      client.today.look({ workspaceId, goalId }).then(
        () => void queries.invalidateQueries({ queryKey: api.today.key() }),
        () => undefined,
      );
    },
    [workspaceId, queries],
  );
}
