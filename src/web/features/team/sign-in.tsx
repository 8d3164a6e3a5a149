import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../lib/api.ts';
import { isRegistrationOpen, signIn } from '../../lib/auth.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Doorway } from './doorway.tsx';

/** Signing in with e-mail and password. Where nobody has an account yet, there is only signing up. */
export function SignIn({ onSignedIn }: { onSignedIn: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const registration = useQuery({ queryKey: ['registration'], queryFn: isRegistrationOpen, staleTime: 60_000 });
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const entering = useMutation({
    mutationFn: signIn,
    onSuccess: async () => {
      await queries.resetQueries({ queryKey: api.me.key() });
      onSignedIn();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    entering.mutate({ email: email.trim(), password });
  };
  if (registration.data) return <Navigate to="/sign-up" replace />;
  return (
    <Doorway title={t('signIn.title')}>
      <form onSubmit={submit}>
        <TextInput
          type="email"
          name="email"
          autoComplete="username"
          required
          autoFocus
          label={t('signIn.email')}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          name="password"
          autoComplete="current-password"
          required
          label={t('signIn.password')}
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {entering.error ? <FailureNotice error={entering.error} /> : null}
        <Button type="submit" loading={entering.isPending}>
          {t('signIn.submit')}
        </Button>
      </form>
    </Doorway>
  );
}
