import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Channel } from '#contract/channels.ts';
import { api } from '../../lib/api.ts';
import { useFormat } from '../../lib/use-format.ts';
import { meanTime } from '../../lib/wall-clock.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { WarnLines } from './warn-lines.tsx';

/** Channels that will stop before posts that are planned on them. Nothing when there are none. */
export function EndingLines() {
  const { t } = useTranslation();
  const format = useFormat();
  const { id: workspaceId } = useWorkspace();
  const { data } = useQuery(api.publishing.endings.queryOptions({ input: { workspaceId } }));
  return (
    <WarnLines
      lines={(data?.items ?? []).map(({ channelId, channel, endsAt, count }) => ({
        key: channelId,
        text: t('endings.line', { channel, time: format.dateTime(endsAt), count }),
      }))}
    />
  );
}

/** The same for a time that is being chosen: which of these channels will have stopped by then. */
export function EndsBefore({ channels, local }: { channels: readonly Channel[]; local: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { zone } = useWorkspace();
  const meant = meanTime(local, zone);
  const ending = channels.flatMap(({ id, name, connection: { endsAt } }) =>
    meant !== null && endsAt !== null && Date.parse(endsAt) <= Date.parse(meant.at) ? [{ id, name, endsAt }] : [],
  );
  return (
    <WarnLines
      lines={ending.map(({ id, name, endsAt }) => ({
        key: id,
        text: t('endings.before', { channel: name, time: format.dateTime(endsAt) }),
      }))}
    />
  );
}
