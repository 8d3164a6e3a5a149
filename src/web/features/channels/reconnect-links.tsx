import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Channel } from '#contract/channels.ts';
import type { ReconnectLink } from '#contract/reconnect-links.ts';
import { api, client } from '../../lib/api.ts';
import { useMembers } from '../../lib/use-everyone.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useReport } from '../../lib/use-report.ts';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Secret } from '../../ui/secret.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { showToast } from '../../ui/toasts.tsx';

/** Asking whoever owns the account, and has no seat here, to sign in again: a link made, the open ones, taking them back. */
export function ReconnectLinks({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const queries = useQueryClient();
  const making = useMutation(
    api.reconnectLinks.create.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.reconnectLinks.key() }),
    }),
  );
  if (!useMay('reconnectLinks.create')) return null;
  return (
    <Sheet title={t('reconnect.title')} lead={t('reconnect.lead', { account: channel.handle || channel.name })}>
      {making.data ? (
        <>
          <Secret label={t('reconnect.link')} value={making.data.link} />
          <p className="form-hint">{t('reconnect.once')}</p>
        </>
      ) : null}
      {making.error ? <FailureNotice error={making.error} /> : null}
      <div>
        <Button
          variant="default"
          loading={making.isPending}
          onClick={() => making.mutate({ workspaceId, channelId: channel.id })}
        >
          {t(making.data ? 'reconnect.another' : 'reconnect.make')}
        </Button>
      </div>
      <OpenLinks channelId={channel.id} onWithdrawn={making.reset} />
    </Sheet>
  );
}

function OpenLinks({ channelId, onWithdrawn }: { channelId: string; onWithdrawn: () => void }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  const queries = useQueryClient();
  const report = useReport();
  const members = useMembers();
  const links = useInfiniteQuery(
    api.reconnectLinks.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ workspaceId, channelId, ...(cursor ? { cursor } : {}) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next,
    }),
  );
  const open = links.data?.pages.flatMap((it) => it.items).filter((it) => it.state === 'open') ?? [];
  const withdraw = ({ id: reconnectLinkId }: ReconnectLink) =>
    report(async () => {
      await client.reconnectLinks.withdraw({ workspaceId, channelId, reconnectLinkId });
      await queries.invalidateQueries({ queryKey: api.reconnectLinks.key() });
      onWithdrawn();
      showToast({ text: t('reconnect.withdrawn') });
    });
  if (links.error) return <FailureNotice error={links.error} onRetry={() => void links.refetch()} />;
  if (open.length === 0) return null;
  return (
    <>
      <h3>{t('reconnect.open')}</h3>
      <ul className="lines">
        {open.map((it) => {
          const name = members.find((one) => one.personId === it.madeById)?.name ?? '–';
          const line = t('reconnect.openLine', { name, date: format.date(it.expiresAt) });
          return (
            <li key={it.id} className="line">
              <div className="line-words">
                <p>{line}</p>
              </div>
              <div className="line-acts">
                <Button
                  variant="default"
                  aria-label={`${t('invite.revoke')}: ${line}`}
                  onClick={() => void withdraw(it)}
                >
                  {t('invite.revoke')}
                </Button>
              </div>
            </li>
          );
        })}
      </ul>
      <ShowMore of={links} />
    </>
  );
}
