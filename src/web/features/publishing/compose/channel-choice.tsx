import { Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Channel } from '#contract/channels.ts';
import { findManifest, useNetworkName } from '../../../lib/networks.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';

interface ChannelChoiceProps {
  channels: Channel[];
  chosen: string[];
  isLocked: boolean;
  onToggle: (channelId: string, on: boolean) => void;
}

/** Where the post goes. A channel that is not connected is shown with the reason. */
export function ChannelChoice({ channels, chosen, isLocked, onToggle }: ChannelChoiceProps) {
  const { t } = useTranslation();
  const networkName = useNetworkName();
  const { id: workspaceId } = useWorkspace();
  const describe = ({ network, connection: { state } }: Channel) => {
    if (state === 'connected') return undefined;
    return findManifest(network) ? t(`connection.${state}`) : t('compose.notYetPossible');
  };
  if (channels.length === 0) {
    return (
      <p className="form-hint">
        {t('compose.noChannels')}{' '}
        <Link to="/w/$workspaceId/channels/new" params={{ workspaceId }} className="quiet-link">
          {t('channels.add')}
        </Link>
      </p>
    );
  }
  return (
    <fieldset className="channel-choice">
      <legend>{t('compose.goesTo')}</legend>
      {channels.map((it) => {
        const isConnected = it.connection.state === 'connected';
        const isChosen = chosen.includes(it.id);
        return (
          <Checkbox
            key={it.id}
            checked={isChosen}
            disabled={isLocked || (!isConnected && !isChosen)}
            label={it.name === networkName(it.network) ? it.name : `${it.name} · ${networkName(it.network)}`}
            description={describe(it)}
            onChange={(event) => onToggle(it.id, event.currentTarget.checked)}
          />
        );
      })}
    </fieldset>
  );
}
