import { Button } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Invitation } from '#contract/invitations.ts';
import { api, client } from '../../lib/api.ts';
import { useMembers } from '../../lib/use-everyone.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useReport } from '../../lib/use-report.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { showToast } from '../../ui/toasts.tsx';

/** Invitations that somebody may still accept, and taking them back. */
export function OpenInvitations() {
  const { t } = useTranslation();
  const { id: workspaceId, role } = useWorkspace();
  const format = useFormat();
  const queries = useQueryClient();
  const report = useReport();
  const members = useMembers();
  const invitations = useInfiniteQuery(
    api.invitations.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ workspaceId, ...(cursor ? { cursor } : {}) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next,
    }),
  );
  const { error, data, hasNextPage } = invitations;
  const open = data?.pages.flatMap((it) => it.items).filter((it) => it.state === 'open') ?? [];
  const revoke = ({ id: invitationId }: Invitation) =>
    report(async () => {
      await client.invitations.revoke({ workspaceId, invitationId });
      await queries.invalidateQueries({ queryKey: api.invitations.key() });
      showToast({ text: t('invite.revoked') });
    });
  if (error) return <FailureNotice error={error} onRetry={() => void invitations.refetch()} />;
  if (!data || (open.length === 0 && !hasNextPage)) return null;
  return (
    <Sheet title={t('invite.open')}>
      <ul className="lines">
        {open.map((it) => {
          const who = it.email ?? t('invite.anybody');
          return (
            <li key={it.id} className="line">
              <div className="line-words">
                <strong>{who}</strong>
                <p>
                  {t('invite.openLine', {
                    role: t(`roles.name.${it.role}`),
                    name: members.find((one) => one.personId === it.invitedById)?.name ?? '–',
                    date: format.date(it.expiresAt),
                  })}
                </p>
              </div>
              {it.role === 'owner' && role !== 'owner' ? null : (
                <div className="line-acts">
                  <Button
                    variant="default"
                    aria-label={`${t('invite.revoke')}: ${who}`}
                    onClick={() => void revoke(it)}
                  >
                    {t('invite.revoke')}
                  </Button>
                </div>
              )}
            </li>
          );
        })}
      </ul>
      <ShowMore of={invitations} />
    </Sheet>
  );
}
