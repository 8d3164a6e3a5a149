import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../lib/api.ts';
import { findManifest, manifests, useNetworkName } from '../../lib/networks.ts';
import { useChannels } from '../../lib/use-everyone.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { ConnectForm } from './connect-form.tsx';
import { EnterChannel } from './enter-channel.tsx';
import './channels.css';

interface NewChannelProps {
  /** The network chosen: one that is connected by a form, `page`, `known` for one that is only entered, or nothing yet. */
  network: string | undefined;
  renderOpenPage: () => ReactNode;
  onAdded: (channelId: string) => void;
}

/** Adding a channel: the own page, a network connected now, or an account that is only entered in the register. */
export function NewChannel({ network, renderOpenPage, onAdded }: NewChannelProps) {
  const { t } = useTranslation();
  const networkName = useNetworkName();
  const { id: workspaceId } = useWorkspace();
  const queries = useQueryClient();
  const manifest = network ? findManifest(network) : undefined;
  const back = network
    ? { to: `/w/${workspaceId}/channels/new`, label: t('channels.add') }
    : { to: `/w/${workspaceId}/channels`, label: t('rooms.channels') };
  if (network === 'known') {
    return (
      <Page key="known" title={t('channels.enter.title')} lead={t('channels.enter.lead')} width="reading" back={back}>
        <Sheet>
          <EnterChannel onEntered={onAdded} />
        </Sheet>
      </Page>
    );
  }
  if (manifest?.connect.kind === 'own') return renderOpenPage();
  if (manifest) {
    const enter = async (values: Record<string, string>) => {
      const channel = await client.channels.create({
        workspaceId,
        network: manifest.id,
        name: values['identifier']?.trim() || networkName(manifest.id),
      });
      await queries.invalidateQueries({ queryKey: api.channels.key() });
      return channel;
    };
    return (
      <Page
        key={manifest.id}
        title={t('channels.connect', { network: networkName(manifest.id) })}
        width="reading"
        back={back}
      >
        <Sheet>
          <ConnectForm manifest={manifest} getChannel={enter} onConnected={(channel) => onAdded(channel.id)} />
        </Sheet>
      </Page>
    );
  }
  return (
    <Page key="choose" title={t('channels.add')} lead={t('channels.addLead')} back={back}>
      <NetworkChoices />
      <p>
        {t('channels.enter.offer')}{' '}
        <Link
          to="/w/$workspaceId/channels/new"
          params={{ workspaceId }}
          search={{ network: 'known' }}
          className="quiet-link"
        >
          {t('channels.enter.title')}
        </Link>
      </p>
    </Page>
  );
}

function NetworkChoices() {
  const { t } = useTranslation(['web', ...manifests.map((it) => `network-${it.id}`)]);
  const { id: workspaceId } = useWorkspace();
  const networkName = useNetworkName();
  const channels = useChannels() ?? [];
  return (
    <ul className="network-choices">
      {manifests.map(({ id, connect }) => {
        const own = connect.kind === 'own' ? channels.find((it) => it.network === id) : undefined;
        return (
          <li key={id} className="network-choice">
            <div>
              <h2>{networkName(id)}</h2>
              <p>{t('manner', { ns: `network-${id}` })}</p>
            </div>
            {own ? (
              <LinkButton
                variant="default"
                to="/w/$workspaceId/channels/$channelId"
                params={{ workspaceId, channelId: own.id }}
              >
                {t('channels.openAlready')}
              </LinkButton>
            ) : (
              <LinkButton
                variant="default"
                to="/w/$workspaceId/channels/new"
                params={{ workspaceId }}
                search={{ network: id }}
              >
                {connect.kind === 'own' ? t('ownPage.open') : t('channels.connect', { network: networkName(id) })}
              </LinkButton>
            )}
          </li>
        );
      })}
    </ul>
  );
}
