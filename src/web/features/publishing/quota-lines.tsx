import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../lib/api.ts';
import { useNetworkName } from '../../lib/networks.ts';
import { useChannels } from '../../lib/use-everyone.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { WarnLines } from './warn-lines.tsx';

interface QuotaLinesProps {
  /** First and last day, YYYY-MM-DD. */
  from: string;
  to: string;
  /** Only these; all when absent. */
  channelIds?: readonly string[];
}

/** Days on which a channel comes near the number of posts that its network takes. Nothing when there are none. */
export function QuotaLines({ from, to, channelIds }: QuotaLinesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { id: workspaceId } = useWorkspace();
  const networkName = useNetworkName();
  const channels = useChannels();
  const { data } = useQuery({
    ...api.publishing.quotas.queryOptions({ input: { workspaceId, from, to } }),
    enabled: /^\d{4}-\d\d-\d\d$/.test(from) && from <= to,
  });
  const days = (data?.items ?? []).filter((it) => channelIds?.includes(it.channelId) ?? true);
  const lines = days.flatMap(({ channelId, on, planned, max, hours, over }) => {
    const channel = channels?.find((it) => it.id === channelId);
    if (!channel) return [];
    const network = networkName(channel.network);
    const numbers = { planned: format.number(planned), max: format.number(max), hours: format.number(hours) };
    const line = t('quota.line', { day: format.dayMonth(on), channel: channel.name, network, ...numbers });
    const more = planned < max ? '' : t(over === 'refused' ? 'quota.full' : 'quota.over', { network });
    return [{ key: `${channelId} ${on}`, text: `${line} ${more}`.trim() }];
  });
  return <WarnLines lines={lines} />;
}
