import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { resetPassword } from '../../lib/auth.ts';
import { isRefused } from '../../lib/failure.ts';
import { readProblems } from '../../lib/read-problems.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Form } from '../../ui/form.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { Doorway } from './doorway.tsx';
import { isToken } from './is-token.ts';
import { NewPasswordField } from './new-password-field.tsx';
import { SpentLink } from './spent-link.tsx';

/** Setting a new password by a mailed link. Every session ends, so it goes on with signing in. */
export function ResetPassword({ token, onReset }: { token: string; onReset: () => void }) {
  const { t } = useTranslation();
  const [newPassword, setNewPassword] = useState('');
  const setting = useMutation({
    mutationFn: () => resetPassword({ token, newPassword }),
    onSuccess: () => {
      showToast({ text: t('reset.done') });
      onReset();
    },
  });
  if (!isToken(token) || isRefused(setting.error, 'link-spent')) {
    return (
      <SpentLink>
        <Link to="/forgotten-password">{t('reset.another')}</Link>
      </SpentLink>
    );
  }
  return (
    <Doorway title={t('reset.title')} lead={t('reset.lead')}>
      <Form onSubmit={() => setting.mutate()}>
        <NewPasswordField
          label={t('reset.password')}
          value={newPassword}
          error={readProblems(setting.error)['newPassword']}
          onChange={setNewPassword}
        />
        {setting.error ? <FailureNotice error={setting.error} /> : null}
        <Button type="submit" loading={setting.isPending}>
          {t('reset.submit')}
        </Button>
      </Form>
    </Doorway>
  );
}
