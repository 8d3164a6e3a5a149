import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Installation } from '#contract/operator.ts';
import { api } from '../../lib/api.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice, Word } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';

/** Whether mails go out, tried on the operator's own address. */
export function MailSheet({ mail }: { mail: Installation['mail'] }) {
  const { t } = useTranslation();
  const testing = useMutation(api.operator.testMail.mutationOptions());
  const { data, error, isPending } = testing;
  return (
    <Sheet
      title={t('installation.mail')}
      aside={
        mail.configured ? (
          <Word tone="good">{t('installation.mailSet')}</Word>
        ) : (
          <Word tone="warn">{t('installation.mailNotSet')}</Word>
        )
      }
    >
      <p className="form-hint">
        {mail.configured ? t('installation.mailFrom', { from: mail.from }) : t('installation.noMail')}
      </p>
      {mail.configured ? (
        <div>
          <Button variant="default" loading={isPending} onClick={() => testing.mutate({})}>
            {t('installation.testMail')}
          </Button>
        </div>
      ) : null}
      {error ? <FailureNotice error={error} /> : null}
      <div role="status" className="said">
        {data ? (
          <Notice
            tone={data.sent ? 'good' : 'bad'}
            title={t(data.sent ? 'installation.sent' : 'installation.notSent', { to: data.to })}
          >
            {data.said}
          </Notice>
        ) : null}
      </div>
    </Sheet>
  );
}
