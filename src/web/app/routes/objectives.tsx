import { ObjectivesScreen } from '../../features/strategy/objectives-screen.tsx';

/** /w/…/objectives */
export function ObjectivesRoute() {
  return <ObjectivesScreen />;
}
