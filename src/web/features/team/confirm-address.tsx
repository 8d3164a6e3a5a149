import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { confirmAddress } from '../../lib/auth.ts';
import { isRefused } from '../../lib/failure.ts';
import { readProblems } from '../../lib/read-problems.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Form } from '../../ui/form.tsx';
import { Doorway } from './doorway.tsx';
import { isToken } from './is-token.ts';
import { KnownPasswordField } from './known-password-field.tsx';
import { SpentLink } from './spent-link.tsx';

/** Opening the account that a mailed link confirms, with the password chosen before. */
export function ConfirmAddress({ token, onConfirmed }: { token: string; onConfirmed: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [password, setPassword] = useState('');
  const confirming = useMutation({
    mutationFn: () => confirmAddress({ token, password }),
    onSuccess: () => {
      queries.clear();
      onConfirmed();
    },
  });
  if (!isToken(token) || isRefused(confirming.error, 'link-spent')) {
    return (
      <SpentLink>
        <Link to="/sign-up">{t('signUp.submit')}</Link> · <Link to="/sign-in">{t('signIn.title')}</Link>
      </SpentLink>
    );
  }
  return (
    <Doorway title={t('confirm.title')} lead={t('confirm.lead')}>
      <Form onSubmit={() => confirming.mutate()}>
        <KnownPasswordField
          autoFocus
          error={readProblems(confirming.error)['password']}
          value={password}
          onChange={setPassword}
        />
        {confirming.error ? <FailureNotice error={confirming.error} /> : null}
        <Button type="submit" loading={confirming.isPending}>
          {t('confirm.submit')}
        </Button>
      </Form>
    </Doorway>
  );
}
