import { roles } from 'virtual:contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../lib/api.ts';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { More } from '../../ui/more.tsx';
import { Page } from '../../ui/page.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { InviteForm } from './invite-form.tsx';
import { MemberLine } from './member-line.tsx';
import { OpenInvitations } from './open-invitations.tsx';
import '../../ui/lines.css';

/** Who belongs to the workspace, what each may do, and asking somebody in. */
export function MembersScreen() {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const mayInvite = useMay('invitations.create');
  const members = useInfiniteQuery(
    api.members.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ workspaceId, ...(cursor ? { cursor } : {}) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next,
    }),
  );
  const { error, isPending } = members;
  const items = members.data?.pages.flatMap((it) => it.items) ?? [];
  const owners = items.filter((it) => it.role === 'owner');
  return (
    <Page title={t('members.title')} lead={t('members.lead')} width="reading">
      {isPending ? <Waiting label={t('app.loading')} /> : null}
      {error ? <FailureNotice error={error} onRetry={() => void members.refetch()} /> : null}
      {items.length > 0 ? (
        <Sheet>
          <ul className="lines">
            {items.map((it) => (
              <MemberLine
                key={it.personId}
                member={it}
                // Of a long list the next page may hold another.
                isOnlyOwner={it.role === 'owner' && owners.length === 1 && !members.hasNextPage}
              />
            ))}
          </ul>
          <ShowMore of={members} />
          <More label={t('roles.title')}>
            <dl className="word-list">
              {roles.map((it) => (
                <div key={it} className="word-pair">
                  <dt>{t(`roles.name.${it}`)}</dt>
                  <dd>{t(`roles.explain.${it}`)}</dd>
                </div>
              ))}
            </dl>
          </More>
        </Sheet>
      ) : null}
      {mayInvite ? <InviteForm /> : null}
      {mayInvite ? <OpenInvitations /> : null}
    </Page>
  );
}
