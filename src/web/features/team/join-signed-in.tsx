import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { InvitationOffer } from '#contract/invitations.ts';
import { client } from '../../lib/api.ts';
import { type SignedIn, signOut } from '../../lib/auth.ts';
import { isRefused } from '../../lib/failure.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice } from '../../ui/notice.tsx';

interface JoinSignedInProps {
  token: string;
  offer: InvitationOffer;
  person: SignedIn;
  /** What stood in the way when signing in and joining were one step. */
  refused: Error | null;
  onJoined: (workspaceId: string) => void;
}

/** Accepting as who one is; when the invitation is for another address, the way to be that one. */
export function JoinSignedIn({ token, offer, person, refused, onJoined }: JoinSignedInProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const joining = useMutation({
    mutationFn: () => client.invitations.accept({ token }),
    onSuccess: ({ workspaceId }) => {
      queries.clear();
      onJoined(workspaceId);
    },
  });
  const leaving = useMutation({ mutationFn: signOut, onSuccess: () => queries.resetQueries() });
  const error = joining.isIdle ? refused : joining.error;
  const isForAnother = offer.email !== null && offer.email !== person.email.toLowerCase();
  const another = (
    <Button variant={isForAnother ? 'filled' : 'subtle'} loading={leaving.isPending} onClick={() => leaving.mutate()}>
      {t('invitation.anotherAccount')}
    </Button>
  );
  if (isForAnother) {
    return (
      <>
        <Notice tone="warn" title={t('invitation.forAnotherTitle')}>
          {t('invitation.forAnother', { email: offer.email, mine: person.email })}
        </Notice>
        <div className="form-actions">{another}</div>
      </>
    );
  }
  return (
    <>
      <p>{t('invitation.signedInAs', { email: person.email })}</p>
      {error ? <FailureNotice error={error} /> : null}
      {isRefused(error, 'member-already') ? (
        <p>
          <Link to="/">{t('app.notFound.home')}</Link>
        </p>
      ) : (
        <div className="form-actions">
          <Button loading={joining.isPending} onClick={() => joining.mutate()}>
            {t('invitation.join')}
          </Button>
          {another}
        </div>
      )}
    </>
  );
}
