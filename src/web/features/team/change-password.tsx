import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../lib/api.ts';
import { changePassword } from '../../lib/auth.ts';
import { readProblems } from '../../lib/read-problems.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Form } from '../../ui/form.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { KnownPasswordField } from './known-password-field.tsx';
import { NewPasswordField } from './new-password-field.tsx';

/** A new password for who knows the old one; every other device is signed out by it. */
export function ChangePassword() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [currentPassword, setCurrentPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const changing = useMutation({
    mutationFn: () => changePassword({ currentPassword, newPassword }),
    onSuccess: async () => {
      setCurrentPassword('');
      setNewPassword('');
      showToast({ text: t('account.passwordChanged') });
      await queries.invalidateQueries({ queryKey: api.sessions.key() });
    },
  });
  const problems = readProblems(changing.error);
  return (
    <Sheet title={t('signIn.password')}>
      <Form className="form" onSubmit={() => changing.mutate()}>
        <KnownPasswordField
          label={t('account.currentPassword')}
          error={problems['currentPassword']}
          value={currentPassword}
          onChange={setCurrentPassword}
        />
        <NewPasswordField
          label={t('reset.password')}
          value={newPassword}
          error={problems['newPassword']}
          onChange={setNewPassword}
        />
        {changing.error ? <FailureNotice error={changing.error} /> : null}
        <div>
          <Button type="submit" variant="default" loading={changing.isPending}>
            {t('account.changePassword')}
          </Button>
        </div>
      </Form>
    </Sheet>
  );
}
