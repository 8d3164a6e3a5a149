import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Channel } from '#contract/channels.ts';
import { api } from '../../lib/api.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { Notice } from '../../ui/notice.tsx';

/** How long a channel goes on working: its known end with what that costs, and whether renewing it works. */
export function ConnectionLife({ channel: { id, name, connection } }: { channel: Channel }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  const { state, endsAt, renewedAt, renewalFailingSince } = connection;
  const { data } = useQuery({
    ...api.publishing.endings.queryOptions({ input: { workspaceId } }),
    enabled: state === 'connected' && endsAt !== null,
  });
  if (state !== 'connected') return null;
  const count = data?.items.find((it) => it.channelId === id)?.count ?? 0;
  return (
    <>
      {renewalFailingSince ? (
        <Notice tone="quiet">{t('connection.renewalFailing', { time: format.dateTime(renewalFailingSince) })}</Notice>
      ) : null}
      {endsAt && count > 0 ? (
        <Notice tone="warn">{t('endings.line', { channel: name, time: format.dateTime(endsAt), count })}</Notice>
      ) : null}
      {endsAt && count === 0 ? (
        <p className="form-hint">{t('connection.endsAt', { time: format.dateTime(endsAt) })}</p>
      ) : null}
      {renewedAt ? (
        <p className="form-hint">{t('connection.renewedAt', { time: format.dateTime(renewedAt) })}</p>
      ) : null}
    </>
  );
}
