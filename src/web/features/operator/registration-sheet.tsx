import { Radio } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Installation } from '#contract/operator.ts';
import { api } from '../../lib/api.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { showToast } from '../../ui/toasts.tsx';

/** Who may open an account here. */
export function RegistrationSheet({ installation }: { installation: Installation }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  // What was pressed shows at once, not only when the call is under way.
  const [pressed, setPressed] = useState<Installation['registration'] | null>(null);
  const saving = useMutation(
    api.operator.update.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.operator.get.key() });
        await queries.invalidateQueries({ queryKey: ['registration'] });
        showToast({ text: t('app.saved') });
      },
      onSettled: () => setPressed(null),
    }),
  );
  const { registration, mail } = installation;
  const press = (next: Installation['registration']) => {
    setPressed(next);
    saving.mutate({ registration: next });
  };
  return (
    <Sheet title={t('installation.registration')}>
      <Radio.Group
        aria-label={t('installation.registration')}
        value={pressed ?? registration}
        onChange={(next) => press(next === 'open' ? 'open' : 'invited')}
      >
        <div className="form-choices">
          <Radio value="invited" label={t('installation.invited')} description={t('installation.invitedHint')} />
          <Radio value="open" label={t('installation.open')} description={t('installation.openHint')} />
        </div>
      </Radio.Group>
      {registration === 'open' && !mail.configured ? (
        <Notice tone="warn">{t('installation.openWithoutMail')}</Notice>
      ) : null}
      {saving.error ? <FailureNotice error={saving.error} /> : null}
    </Sheet>
  );
}
