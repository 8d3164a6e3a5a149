import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../lib/api.ts';
import { signUp } from '../../lib/auth.ts';
import { spoken } from '../../lib/languages.ts';
import { readProblems } from '../../lib/read-problems.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Form } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Doorway } from './doorway.tsx';
import { EmailField } from './email-field.tsx';
import { NewPasswordField } from './new-password-field.tsx';
import { registrationQuery } from './registration-query.ts';
import { SentMail } from './sent-mail.tsx';

/** Opening an account. The language seen while signing up becomes the person's. */
export function SignUp({ onSignedUp }: { onSignedUp: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const registration = useQuery(registrationQuery);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const joining = useMutation({
    mutationFn: () => signUp({ name: name.trim(), email: email.trim(), password }),
    onSuccess: async (outcome) => {
      if (outcome === 'sent') return;
      // Worth nothing more than a wish: who signs up in Thai wants Thai. It can be changed later.
      await client.me.update({ language: spoken() }).catch(() => undefined);
      queries.clear();
      onSignedUp();
    },
  });
  const problems = readProblems(joining.error);
  const toSignIn = (
    <p>
      {t('signUp.haveAccount')} <Link to="/sign-in">{t('signUp.toSignIn')}</Link>
    </p>
  );
  if (joining.data === 'sent') {
    return <SentMail words={t('signUp.sent', { email: email.trim() })}>{toSignIn}</SentMail>;
  }
  const isClosed = registration.data?.mode === 'invited' && !registration.data.first;
  return (
    <Doorway title={t('signUp.title')} lead={t('signUp.lead')}>
      {isClosed ? <Notice tone="quiet">{t('signIn.byInvitation')}</Notice> : null}
      <Form onSubmit={() => joining.mutate()}>
        <TextField
          name="name"
          autoComplete="name"
          required
          autoFocus
          maxLength={100}
          label={t('signUp.name')}
          error={problems['name']}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <EmailField error={problems['email']} value={email} onChange={setEmail} />
        <NewPasswordField value={password} error={problems['password']} onChange={setPassword} />
        {joining.error ? <FailureNotice error={joining.error} /> : null}
        <Button type="submit" loading={joining.isPending}>
          {t('signUp.submit')}
        </Button>
      </Form>
      {toSignIn}
    </Doorway>
  );
}
