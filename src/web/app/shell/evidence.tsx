import { EvidenceDrawer } from '../../features/analytics/evidence/evidence-drawer.tsx';
import { DeliveryWord } from '../../features/publishing/delivery-words.tsx';

/** What a figure is made of, over whichever screen it stands on. */
export function Evidence() {
  return (
    <EvidenceDrawer
      renderState={({ state, removedAt }) => <DeliveryWord state={state} removed={removedAt !== null} />}
    />
  );
}
