import { useParams } from '@tanstack/react-router';
import { ChannelScreen } from '../../features/channels/channel-screen.tsx';
import { OwnPageSheet } from '../../features/page/own-page-sheet.tsx';

/** /w/…/channels/… */
export function ChannelRoute() {
  const { channelId } = useParams({ from: '/w/$workspaceId/channels-beside/channels/$channelId' });
  return <ChannelScreen key={channelId} channelId={channelId} renderOwnPage={() => <OwnPageSheet />} />;
}
