import { useLocation } from '@tanstack/react-router';
import { ReconnectAccount } from '../../features/channels/reconnect-account.tsx';
import { Doorway } from '../../features/team/doorway.tsx';

/** /reconnect#token */
export function ReconnectRoute() {
  const token = useLocation({ select: ({ hash }) => hash });
  return <ReconnectAccount key={token} token={token} renderDoor={(page) => <Doorway {...page} />} />;
}
