import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InvitationOffer } from '#contract/invitations.ts';
import { client } from '../../lib/api.ts';
import { fetchSignedIn, type SignedIn } from '../../lib/auth.ts';
import { isRefused } from '../../lib/failure.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { Doorway } from './doorway.tsx';
import { isToken } from './is-token.ts';
import { JoinAsNewcomer } from './join-as-newcomer.tsx';
import { JoinSignedIn } from './join-signed-in.tsx';

interface AcceptInvitationProps {
  token: string;
  onJoined: (workspaceId: string) => void;
}

/** What an invitation offers, and the way in: for whoever is signed in, and for who is not yet. */
export function AcceptInvitation({ token, onJoined }: AcceptInvitationProps) {
  const { t } = useTranslation();
  const offer = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => client.invitations.look({ token }),
    enabled: isToken(token),
  });
  const session = useQuery({ queryKey: ['signed-in'], queryFn: fetchSignedIn });
  if (!isToken(token) || isRefused(offer.error, 'not-found')) {
    return <NoInvitation title={t('invitation.unknownTitle')} text={t('invitation.unknown')} />;
  }
  if (isRefused(offer.error, 'invitation-spent')) {
    return <NoInvitation title={t('invitation.spentTitle')} text={t('invitation.spent')} />;
  }
  const error = offer.error ?? session.error;
  if (error) {
    return (
      <Doorway title={t('invitation.title')}>
        <FailureNotice error={error} onRetry={() => void Promise.all([offer.refetch(), session.refetch()])} />
      </Doorway>
    );
  }
  if (!offer.data || session.data === undefined) return <Waiting label={t('app.loading')} />;
  return <Offer token={token} offer={offer.data} person={session.data} onJoined={onJoined} />;
}

interface OfferProps extends AcceptInvitationProps {
  offer: InvitationOffer;
  person: SignedIn | null;
}

function Offer({ token, offer, person, onJoined }: OfferProps) {
  const { t } = useTranslation();
  const { invitedByName: inviter, workspaceName: workspace, role } = offer;
  const [refused, setRefused] = useState<Error | null>(null);
  const shared = { token, offer, onJoined };
  return (
    <Doorway
      title={t('invitation.from', { inviter, workspace })}
      lead={
        <>
          {t('invitation.as', { role: t(`roles.name.${role}`) })} {t(`roles.explain.${role}`)}
        </>
      }
      isSignedIn={person !== null}
    >
      {person ? (
        <JoinSignedIn {...shared} person={person} refused={refused} />
      ) : (
        <JoinAsNewcomer {...shared} onRefused={setRefused} />
      )}
    </Doorway>
  );
}

function NoInvitation({ title, text }: { title: string; text: string }) {
  const { t } = useTranslation();
  return (
    <Doorway title={title} lead={text}>
      <p>
        <Link to="/">{t('app.notFound.home')}</Link>
      </p>
    </Doorway>
  );
}
