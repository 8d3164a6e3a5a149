import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../lib/api.ts';
import { signUp } from '../../lib/auth.ts';
import { spoken } from '../../lib/languages.ts';
import { readProblems } from '../../lib/read-problems.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Doorway } from './doorway.tsx';

/** Opening an account. The language seen while signing up becomes the person's. */
export function SignUp({ onSignedUp }: { onSignedUp: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const joining = useMutation({
    mutationFn: signUp,
    onSuccess: async () => {
      // Worth nothing more than a wish: who signs up in Thai wants Thai. It can be changed in the settings.
      await client.me.update({ language: spoken() }).catch(() => undefined);
      await queries.resetQueries({ queryKey: api.me.key() });
      onSignedUp();
    },
  });
  const problems = readProblems(joining.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    joining.mutate({ name: name.trim(), email: email.trim(), password });
  };
  return (
    <Doorway title={t('signUp.title')} lead={t('signUp.lead')}>
      <form onSubmit={submit}>
        <TextInput
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
        <TextInput
          type="email"
          name="email"
          autoComplete="username"
          required
          label={t('signUp.email')}
          error={problems['email']}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          name="password"
          autoComplete="new-password"
          required
          minLength={10}
          maxLength={128}
          label={t('signUp.password')}
          description={t('signUp.passwordHint')}
          error={problems['password']}
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {joining.error ? <FailureNotice error={joining.error} /> : null}
        <Button type="submit" loading={joining.isPending}>
          {t('signUp.submit')}
        </Button>
      </form>
      <p>
        {t('signUp.haveAccount')} <Link to="/sign-in">{t('signUp.toSignIn')}</Link>
      </p>
    </Doorway>
  );
}
