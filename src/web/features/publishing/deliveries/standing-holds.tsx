import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Hold } from '#contract/publishing.ts';
import { api, client } from '../../../lib/api.ts';
import { useNetworkName } from '../../../lib/networks.ts';
import { useChannels } from '../../../lib/use-everyone.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useReport } from '../../../lib/use-report.ts';
import { useMay, useWorkspace } from '../../../lib/workspace.tsx';
import { IconPause } from '../../../ui/icons.ts';
import { Menu, MenuItem, MenuLine } from '../../../ui/menu.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { showToast } from '../../../ui/toasts.tsx';

/** Pauses what comes due, everywhere or on one channel: at once, with a way back instead of a question. */
export function PausePosts() {
  const { t } = useTranslation('first');
  const may = useMay('publishing.hold');
  const { hold, lift } = useHoldActs();
  const networkName = useNetworkName();
  const channels = useChannels();
  if (!may) return null;
  const pause = async (channelId: string | null, text: string) => {
    const held = await hold(channelId);
    if (held) showToast({ text, undo: { label: t('app.undo'), run: () => void lift(held) } });
  };
  const connected = channels?.filter((it) => it.connection.state !== 'not-connected') ?? [];
  return (
    <Menu
      label={t('holds.pause')}
      className="hold-button"
      face={
        <>
          <IconPause size={18} />
          {t('holds.pause')}
        </>
      }
    >
      <MenuItem onSelect={() => void pause(null, t('holds.paused'))}>{t('holds.everything')}</MenuItem>
      {connected.length > 0 ? <MenuLine /> : null}
      {connected.map((it) => (
        <MenuItem key={it.id} onSelect={() => void pause(it.id, t('holds.channelPaused', { name: it.name }))}>
          {t('holds.onChannel', { name: it.name, network: networkName(it.network) })}
        </MenuItem>
      ))}
    </Menu>
  );
}

/** What is paused at the moment, and the way to go on. */
export function StandingHolds() {
  const { t } = useTranslation('first');
  const { id: workspaceId } = useWorkspace();
  const mayLift = useMay('publishing.lift');
  const format = useFormat();
  const { lift } = useHoldActs();
  const holds = useQuery(api.publishing.holds.queryOptions({ input: { workspaceId } }));
  const channels = useChannels();
  const nameOf = ({ channelId }: Hold) =>
    channelId === null
      ? t('holds.everythingPaused')
      : t('holds.channelPaused', { name: channels?.find((it) => it.id === channelId)?.name ?? '–' });
  return holds.data?.items.map((it) => (
    <Notice
      key={it.id}
      tone="warn"
      title={nameOf(it)}
      action={
        mayLift ? (
          <Button variant="default" onClick={() => void lift(it)}>
            {t('holds.lift')}
          </Button>
        ) : null
      }
    >
      {t('holds.since', { time: format.dateTime(it.since) })} {it.why}
    </Notice>
  ));
}

function useHoldActs() {
  const { id: workspaceId } = useWorkspace();
  const queries = useQueryClient();
  const report = useReport();
  const refresh = () =>
    Promise.all([api.deliveries, api.publishing].map((it) => queries.invalidateQueries({ queryKey: it.key() })));
  return {
    hold: async (channelId: string | null): Promise<Hold | null> => {
      let held: Hold | null = null;
      await report(async () => {
        held = await client.publishing.hold({ workspaceId, channelId });
        await refresh();
      });
      return held;
    },
    lift: (hold: Hold) =>
      report(async () => {
        await client.publishing.lift({ workspaceId, holdId: hold.id });
        await refresh();
      }),
  };
}
