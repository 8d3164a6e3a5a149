import { StatusWord } from '../../features/analytics/status-word.tsx';
import { DeliveryWord } from '../../features/publishing/delivery-words.tsx';
import { TodayScreen } from '../../features/today/today-screen.tsx';

/** /w/…/today */
export function TodayRoute() {
  return (
    <TodayScreen
      renderState={({ state, removedAt }) => <DeliveryWord state={state} removed={removedAt !== null} />}
      renderStatus={({ status }) => <StatusWord status={status} />}
    />
  );
}
