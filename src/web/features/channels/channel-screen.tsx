import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '#contract/channels.ts';
import { api, client } from '../../lib/api.ts';
import { findManifest, useNetworkName } from '../../lib/networks.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useReport } from '../../lib/use-report.ts';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { IconArchive, IconExternal } from '../../ui/icons.ts';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Question } from '../../ui/question.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { ChannelStateWord, ConnectionWord } from './channel-words.tsx';
import { ConnectForm } from './connect-form.tsx';
import { ConnectionLife } from './connection-life.tsx';
import { ReconnectLinks } from './reconnect-links.tsx';
import { RegisterForm } from './register-form.tsx';

interface ChannelScreenProps {
  channelId: string;
  /** Shown for the own page: its links, words and address. */
  renderOwnPage: () => ReactNode;
}

/** One channel: its connection, and what the register says of it. */
export function ChannelScreen({ channelId, renderOwnPage }: ChannelScreenProps) {
  const { t } = useTranslation();
  const networkName = useNetworkName();
  const { id: workspaceId } = useWorkspace();
  const { data, error, refetch } = useQuery(api.channels.get.queryOptions({ input: { workspaceId, channelId } }));
  const back = { to: `/w/${workspaceId}/channels`, label: t('rooms.channels') };
  if (error) {
    return (
      <Page title={t('rooms.channels')} back={back}>
        <FailureNotice error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (!data) return <Waiting label={t('app.loading')} />;
  const isOwn = findManifest(data.network)?.connect.kind === 'own';
  return (
    <Page
      title={data.name}
      lead={`${networkName(data.network)}${data.handle ? ` · ${data.handle}` : ''}`}
      width="reading"
      back={back}
      actions={
        data.address && !isOwn ? (
          <Button
            component="a"
            href={data.address}
            target="_blank"
            rel="noreferrer"
            variant="default"
            rightSection={<IconExternal size={16} />}
          >
            {t('channels.visit')}
          </Button>
        ) : null
      }
    >
      {isOwn ? renderOwnPage() : <ConnectionSheet channel={data} />}
      {isOwn || data.connection.state === 'not-connected' ? null : <ReconnectLinks channel={data} />}
      <Sheet title={t('channels.register')} aside={<ChannelStateWord state={data.state} />}>
        <RegisterForm key={data.revision} channel={data} />
      </Sheet>
      {isOwn ? null : <ArchiveChannel channel={data} />}
    </Page>
  );
}

function ConnectionSheet({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  const report = useReport();
  const queries = useQueryClient();
  const mayConnect = useMay('channels.connect');
  const manifest = findManifest(channel.network);
  const [isOpen, setOpen] = useState(channel.connection.state !== 'connected');
  const { state, missing, workedAt, waitsUntil } = channel.connection;
  const networkName = useNetworkName();
  const [isAsked, setAsked] = useState(false);
  const disconnect = () =>
    report(async () => {
      await client.channels.disconnect({ workspaceId, channelId: channel.id });
      await queries.invalidateQueries({ queryKey: api.channels.key() });
      setOpen(true);
      showToast({ text: t('channels.disconnected', { name: channel.name }) });
    });
  return (
    <Sheet title={t('connection.title')} aside={<ConnectionWord state={state} />}>
      {state === 'credential-rejected' ? <Notice tone="bad">{t('connection.explainRejected')}</Notice> : null}
      {state === 'permission-missing' ? (
        <Notice tone="bad">{t('connection.explainMissing', { permission: missing ?? '' })}</Notice>
      ) : null}
      {state === 'not-connected' ? <p className="form-hint">{t('connection.explainNot')}</p> : null}
      {state === 'connected' && waitsUntil ? (
        <Notice tone="warn">
          {t('connection.waitsUntil', { network: networkName(channel.network), time: format.dateTime(waitsUntil) })}
        </Notice>
      ) : null}
      <ConnectionLife channel={channel} />
      {workedAt ? <p className="form-hint">{t('connection.workedAt', { time: format.dateTime(workedAt) })}</p> : null}
      {mayConnect && manifest && isOpen ? (
        <ConnectForm
          manifest={manifest}
          getChannel={() => Promise.resolve(channel)}
          onConnected={() => {
            setOpen(false);
            showToast({ text: t('channels.connected', { name: channel.name }) });
          }}
        />
      ) : null}
      {mayConnect && state !== 'not-connected' ? (
        <div className="form-actions">
          {isOpen ? null : (
            <Button variant="default" onClick={() => setOpen(true)}>
              {t('connection.again')}
            </Button>
          )}
          {isAsked ? null : (
            <Button variant="subtle" onClick={() => setAsked(true)}>
              {t('connection.disconnect')}
            </Button>
          )}
        </div>
      ) : null}
      {isAsked ? (
        <Question
          title={t('undo.disconnectTitle', { name: channel.name })}
          text={t('undo.disconnectText')}
          yes={t('connection.disconnect')}
          no={t('keys.revokeNo')}
          onYes={disconnect}
          onClose={() => setAsked(false)}
        />
      ) : null}
    </Sheet>
  );
}

function ArchiveChannel({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const navigate = useNavigate();
  const report = useReport();
  const queries = useQueryClient();
  const [isAsked, setAsked] = useState(false);
  // Its credentials are forgotten, which no undo brings back.
  const isConnected = channel.connection.state !== 'not-connected';
  if (!useMay('channels.archive')) return null;
  const restore = () =>
    void report(async () => {
      await client.channels.restore({ workspaceId, channelId: channel.id });
      await queries.invalidateQueries({ queryKey: api.channels.key() });
      const text = t(isConnected ? 'channels.restoredConnectAgain' : 'channels.restored', { name: channel.name });
      showToast({ text, about: channel.id });
    });
  const archive = async () => {
    const isDone = await report(async () => {
      await client.channels.archive({ workspaceId, channelId: channel.id });
      await queries.invalidateQueries({ queryKey: api.channels.key() });
      showToast({
        text: t('channels.archived', { name: channel.name }),
        about: channel.id,
        undo: { label: t('app.undo'), run: restore },
      });
    });
    if (isDone) await navigate({ to: '/w/$workspaceId/channels', params: { workspaceId } });
  };
  if (isAsked)
    return (
      <Question
        title={t('undo.archiveChannelTitle', { name: channel.name })}
        text={t('undo.archiveChannelText')}
        yes={t('channels.archive')}
        no={t('keys.revokeNo')}
        onYes={archive}
        onClose={() => setAsked(false)}
      />
    );
  return (
    <div>
      <Button
        variant="subtle"
        className="flush"
        leftSection={<IconArchive size={18} />}
        onClick={() => (isConnected ? setAsked(true) : void archive())}
      >
        {t('channels.archive')}
      </Button>
      <p className="form-hint">{t('channels.archiveHint')}</p>
    </div>
  );
}
