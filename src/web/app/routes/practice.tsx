import { PracticeScreen } from '../../features/demo/practice-screen.tsx';
import { DeliveryLine } from '../../features/publishing/deliveries/delivery-line.tsx';
import { NotFound } from '../edges.tsx';

/** /w/…/practice: in a demo only. */
export function PracticeRoute() {
  return (
    <PracticeScreen
      whenNowhere={<NotFound />}
      showDelivery={(it) => <DeliveryLine key={it.id} delivery={it} showsPost canCancel={false} />}
    />
  );
}
