import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNetworkName } from '../../lib/networks.ts';
import { useChannels } from '../../lib/use-everyone.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { ListBeside } from '../../ui/list-beside.tsx';

/** A channel beside the register. */
export function ChannelsBeside({ openId, children }: { openId: string | undefined; children: ReactNode }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const networkName = useNetworkName();
  const lines = (useChannels() ?? []).map(({ id, name, handle, network }) => ({
    id,
    to: `/w/${workspaceId}/channels/${id}`,
    title: name,
    text: `${networkName(network)}${handle ? ` · ${handle}` : ''}`,
  }));
  return (
    <ListBeside label={t('rooms.channels')} lines={lines} openId={openId}>
      {children}
    </ListBeside>
  );
}
