import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { requestReset } from '../../lib/auth.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Form } from '../../ui/form.tsx';
import { Doorway } from './doorway.tsx';
import { EmailField } from './email-field.tsx';
import { SentMail } from './sent-mail.tsx';

/** Asking for a link for a new password. It says the same whether there is such an account or not. */
export function ForgottenPassword() {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const asking = useMutation({ mutationFn: () => requestReset({ email: email.trim() }) });
  const back = (
    <p>
      <Link to="/sign-in">{t('forgotten.back')}</Link>
    </p>
  );
  if (asking.isSuccess) {
    return <SentMail words={t('forgotten.sent', { email: email.trim() })}>{back}</SentMail>;
  }
  return (
    <Doorway title={t('forgotten.title')} lead={t('forgotten.lead')}>
      <Form onSubmit={() => asking.mutate()}>
        <EmailField autoFocus value={email} onChange={setEmail} />
        {asking.error ? <FailureNotice error={asking.error} /> : null}
        <Button type="submit" loading={asking.isPending}>
          {t('forgotten.submit')}
        </Button>
      </Form>
      {back}
    </Doorway>
  );
}
