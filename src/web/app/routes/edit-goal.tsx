import { useNavigate, useParams } from '@tanstack/react-router';
import { EditGoal } from '../../features/strategy/edit-goal.tsx';
import { NewGoal } from '../../features/strategy/new-goal.tsx';

/** /w/…/goals/new */
export function NewGoalRoute() {
  const { workspaceId } = useParams({ from: '/w/$workspaceId/goals/new' });
  const navigate = useNavigate();
  return (
    <NewGoal
      onSet={(goalId) => void navigate({ to: '/w/$workspaceId/goals/$goalId', params: { workspaceId, goalId } })}
    />
  );
}

/** /w/…/goals/…/edit */
export function EditGoalRoute() {
  const { workspaceId, goalId } = useParams({ from: '/w/$workspaceId/goals/$goalId/edit' });
  const navigate = useNavigate();
  return (
    <EditGoal
      key={goalId}
      goalId={goalId}
      onSaved={() => void navigate({ to: '/w/$workspaceId/goals/$goalId', params: { workspaceId, goalId } })}
    />
  );
}
