import { Button } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Page } from '../ui/page.tsx';

/** An address without a screen, or one that the person may not see: both look the same. */
export function NotFound() {
  const { t } = useTranslation('first');
  return (
    <main>
      <Page title={t('app.notFound.title')} lead={t('app.notFound.text')} width="reading">
        <div>
          <Button component="a" href="/">
            {t('app.notFound.home')}
          </Button>
        </div>
      </Page>
    </main>
  );
}

/** A screen that fell over. What was written is in the browser's store. */
export function Stumbled({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation('first');
  const isOldCode = /dynamically imported module|module script/i.test(String(error));
  return (
    <main>
      <Page title={t('app.stumbled.title')} lead={t('app.stumbled.text')} width="reading">
        {isOldCode ? (
          <div>
            <Button onClick={() => window.location.reload()}>{t('app.stumbled.reload')}</Button>
          </div>
        ) : (
          <FailureNotice error={error} onRetry={reset} />
        )}
      </Page>
    </main>
  );
}
