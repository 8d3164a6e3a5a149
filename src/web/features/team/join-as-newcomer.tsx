import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InvitationOffer } from '#contract/invitations.ts';
import { client } from '../../lib/api.ts';
import { signIn, signUp } from '../../lib/auth.ts';
import { isRefused } from '../../lib/failure.ts';
import { spoken } from '../../lib/languages.ts';
import { readProblems } from '../../lib/read-problems.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Form } from '../../ui/form.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { EmailField } from './email-field.tsx';
import { KnownPasswordField } from './known-password-field.tsx';
import { NewPasswordField } from './new-password-field.tsx';

interface JoinAsNewcomerProps {
  token: string;
  offer: InvitationOffer;
  onJoined: (workspaceId: string) => void;
  onRefused: (error: Error) => void;
}

/** Signing up or in by an invitation, and joining in the same step. */
export function JoinAsNewcomer({ token, offer, onJoined, onRefused }: JoinAsNewcomerProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [way, setWay] = useState<'new' | 'known'>('new');
  const [name, setName] = useState('');
  const [email, setEmail] = useState(offer.email ?? '');
  const [password, setPassword] = useState('');
  const joining = useMutation({
    mutationFn: async () => {
      if (way === 'known') await signIn({ email: email.trim(), password });
      else {
        await signUp({ name: name.trim(), email: email.trim(), password, invitation: token });
        await client.me.update({ language: spoken() }).catch(() => undefined);
      }
      return client.invitations.accept({ token });
    },
    onSuccess: ({ workspaceId }) => {
      queries.clear();
      onJoined(workspaceId);
    },
    // One may be signed in by now without having joined: then the page offers just that, and says why.
    onError: (error) => {
      onRefused(error);
      return queries.invalidateQueries({ queryKey: ['signed-in'] });
    },
  });
  const choose = (next: typeof way) => {
    joining.reset();
    setWay(next);
  };
  const problems = readProblems(joining.error);
  return (
    <>
      <Segmented
        label={t('invitation.way')}
        value={way}
        options={[
          { value: 'new', label: t('invitation.new') },
          { value: 'known', label: t('invitation.known') },
        ]}
        onChange={choose}
      />
      <Form key={way} onSubmit={() => joining.mutate()}>
        {way === 'new' ? (
          <TextField
            name="name"
            autoComplete="name"
            required
            maxLength={100}
            label={t('signUp.name')}
            error={problems['name']}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        ) : null}
        <EmailField
          readOnly={offer.email !== null}
          description={offer.email === null ? undefined : t('invitation.fixed')}
          error={problems['email']}
          value={email}
          onChange={setEmail}
        />
        {way === 'new' ? (
          <NewPasswordField value={password} error={problems['password']} onChange={setPassword} />
        ) : (
          <KnownPasswordField value={password} onChange={setPassword} />
        )}
        {joining.error ? <FailureNotice error={joining.error} /> : null}
        {isRefused(joining.error, 'email-in-use') ? (
          <Button variant="default" onClick={() => choose('known')}>
            {t('invitation.known')}
          </Button>
        ) : null}
        <Button type="submit" loading={joining.isPending}>
          {t(way === 'new' ? 'invitation.joinNew' : 'invitation.joinKnown')}
        </Button>
      </Form>
      {way === 'known' ? (
        <p>
          <Link to="/forgotten-password">{t('signIn.forgotten')}</Link>
        </p>
      ) : null}
    </>
  );
}
