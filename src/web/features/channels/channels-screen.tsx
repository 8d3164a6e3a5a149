import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '#contract/channels.ts';
import { api } from '../../lib/api.ts';
import { useNetworkName } from '../../lib/networks.ts';
import { useMembers } from '../../lib/use-everyone.ts';
import { useFormat } from '../../lib/use-format.ts';
import { stepFocus, useListKeys } from '../../lib/use-list-keys.ts';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { IconPlus } from '../../ui/icons.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/sheet.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { ChannelStateWord, ConnectionWord } from './channel-words.tsx';
import './channels.css';

/** The register: every account of the business, connected or not. */
export function ChannelsScreen() {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const list = useRef<HTMLUListElement>(null);
  useListKeys((by) => stepFocus(list, '.channel-name', by));
  const mayAdd = useMay('channels.create');
  const { data, error, isPending, refetch } = useQuery(
    api.channels.list.queryOptions({ input: { workspaceId, limit: 200 } }),
  );
  const items = data?.items.filter((it) => it.archivedAt === null) ?? [];
  const add = mayAdd ? (
    <LinkButton to="/w/$workspaceId/channels/new" params={{ workspaceId }} leftSection={<IconPlus size={18} />}>
      {t('channels.add')}
    </LinkButton>
  ) : null;
  return (
    <Page title={t('rooms.channels')} lead={t('channels.lead')} actions={items.length > 0 ? add : null}>
      {isPending ? <Waiting label={t('app.loading')} /> : null}
      {error ? <FailureNotice error={error} onRetry={() => void refetch()} /> : null}
      {data && items.length === 0 ? (
        <EmptyState title={t('channels.empty.title')} action={add}>
          <p>{t('channels.empty.why')}</p>
          <p>{t('channels.empty.first')}</p>
        </EmptyState>
      ) : null}
      <ul className="channel-list" ref={list}>
        {items.map((it) => (
          <ChannelLine key={it.id} channel={it} />
        ))}
      </ul>
    </Page>
  );
}

function ChannelLine({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const networkName = useNetworkName();
  const format = useFormat();
  const owner = useMembers().find((it) => it.personId === channel.ownerId);
  const { cadencePerWeek, purpose, nextDueAt } = channel;
  const { endsAt } = channel.connection;
  return (
    <li className="channel-line">
      <div className="channel-words">
        <Link
          to="/w/$workspaceId/channels/$channelId"
          params={{ workspaceId, channelId: channel.id }}
          className="channel-name"
          dir="auto"
        >
          {channel.name}
        </Link>
        <p className="channel-where">
          {networkName(channel.network)}
          {channel.handle ? ` · ${channel.handle}` : ''}
        </p>
        <p className={purpose ? '' : 'channel-open'} dir="auto">
          {purpose || t('channels.noPurpose')}
        </p>
      </div>
      <div className="channel-side">
        <ConnectionWord state={channel.connection.state} />
        <ChannelStateWord state={channel.state} />
        <p>{owner ? t('channels.ownedBy', { name: owner.name }) : t('channels.noOwner')}</p>
        <p>
          {cadencePerWeek === null
            ? t('channels.noCadence')
            : t('channels.cadence', { count: cadencePerWeek, number: format.number(cadencePerWeek) })}
        </p>
        {endsAt ? <p>{t('connection.endsAt', { time: format.dateTime(endsAt) })}</p> : null}
        {nextDueAt ? <p>{t('channels.nextDue', { time: format.dateTime(nextDueAt) })}</p> : null}
      </div>
    </li>
  );
}
