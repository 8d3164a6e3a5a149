import { GoalStanding } from '../../features/analytics/goal-standing.tsx';
import { GoalsScreen } from '../../features/strategy/goals-screen.tsx';

/** /w/…/goals */
export function GoalsRoute() {
  return <GoalsScreen renderStanding={(goal) => <GoalStanding goal={goal} />} />;
}
