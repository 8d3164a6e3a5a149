import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { NewChannel } from '../../features/channels/new-channel.tsx';
import { OpenOwnPage } from '../../features/page/open-own-page.tsx';

/** /w/…/channels/new */
export function NewChannelRoute() {
  const { workspaceId } = useParams({ from: '/w/$workspaceId/channels/new' });
  const { network } = useSearch({ from: '/w/$workspaceId/channels/new' });
  const navigate = useNavigate();
  const open = (channelId: string) =>
    void navigate({ to: '/w/$workspaceId/channels/$channelId', params: { workspaceId, channelId } });
  return <NewChannel network={network} renderOpenPage={() => <OpenOwnPage onOpened={open} />} onAdded={open} />;
}
