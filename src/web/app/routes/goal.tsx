import { metrics } from 'virtual:contract';
import { useParams } from '@tanstack/react-router';
import { GoalFigure } from '../../features/analytics/goal-figure.tsx';
import { PostsServing } from '../../features/publishing/posts-serving.tsx';
import { GoalScreen } from '../../features/strategy/goal-screen.tsx';

/** /w/…/goals/… */
export function GoalRoute() {
  const { goalId } = useParams({ from: '/w/$workspaceId/goals-beside/goals/$goalId' });
  return (
    <GoalScreen
      key={goalId}
      goalId={goalId}
      renderFigure={(goal) => <GoalFigure goal={goal} />}
      renderPosts={(goal) => (
        <PostsServing
          goalId={goal.id}
          countsAll={goal.scope.posts === 'all' && metrics[goal.metric].kind === 'sum-by-post'}
        />
      )}
    />
  );
}
