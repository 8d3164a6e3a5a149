import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Navigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signIn } from '../../lib/auth.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Form } from '../../ui/form.tsx';
import { Doorway } from './doorway.tsx';
import { EmailField } from './email-field.tsx';
import { KnownPasswordField } from './known-password-field.tsx';
import { registrationQuery } from './registration-query.ts';

/** Signing in with e-mail and password. Where nobody has an account yet, there is only signing up. */
export function SignIn({ onSignedIn }: { onSignedIn: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const registration = useQuery(registrationQuery);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const entering = useMutation({
    mutationFn: () => signIn({ email: email.trim(), password }),
    onSuccess: async () => {
      // What another person fetched in this tab is none of this one's.
      queries.clear();
      onSignedIn();
    },
  });
  if (registration.data?.first) return <Navigate to="/sign-up" replace />;
  return (
    <Doorway title={t('signIn.title')}>
      <Form onSubmit={() => entering.mutate()}>
        <EmailField autoFocus value={email} onChange={setEmail} />
        <KnownPasswordField value={password} onChange={setPassword} />
        {entering.error ? <FailureNotice error={entering.error} /> : null}
        <Button type="submit" loading={entering.isPending}>
          {t('signIn.submit')}
        </Button>
      </Form>
      <p>
        <Link to="/forgotten-password">{t('signIn.forgotten')}</Link>
      </p>
      {registration.data ? (
        <p>
          {registration.data.mode === 'open' ? (
            <>
              {t('signIn.noAccount')} <Link to="/sign-up">{t('signUp.submit')}</Link>
            </>
          ) : (
            t('signIn.byInvitation')
          )}
        </p>
      ) : null}
    </Doorway>
  );
}
