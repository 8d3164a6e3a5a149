import { ChannelsScreen } from '../../features/channels/channels-screen.tsx';

/** /w/…/channels */
export function ChannelsRoute() {
  return <ChannelsScreen />;
}
