import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { readFailure } from '../lib/failure.ts';
import { Notice } from './notice.tsx';
import { useSaidAtFields } from './said-at-fields.ts';

interface FailureNoticeProps {
  error: unknown;
  onRetry?: () => void;
}

/**
 * Says why something did not work, what is safe, and offers to try again. In a `Form` it leaves out what stands at the
 * fields already, and says what no field says.
 */
export function FailureNotice({ error, onRetry }: FailureNoticeProps) {
  const { t } = useTranslation('first');
  const atFields = useSaidAtFields();
  const failure = readFailure(error);
  const retry = onRetry ? (
    <Button variant="default" onClick={onRetry}>
      {t('failures.retry')}
    </Button>
  ) : undefined;
  if (failure.kind === 'refused') {
    const problems = failure.problems.map((it) => it.message ?? '').filter((it) => !atFields.includes(it));
    const words = [failure.message, ...problems].filter(Boolean);
    return (
      <Notice tone="bad" action={retry}>
        {[...new Set(words)].map((it) => (
          <div key={it}>{it}</div>
        ))}
      </Notice>
    );
  }
  if (failure.kind === 'unreachable') {
    return (
      <Notice tone="bad" title={t('failures.unreachable.title')} action={retry}>
        {t('failures.unreachable.text')}
      </Notice>
    );
  }
  return (
    <Notice tone="bad" title={t('failures.broken.title')} action={retry}>
      {failure.requestId ? t('failures.broken.withId', { id: failure.requestId }) : t('failures.broken.text')}
    </Notice>
  );
}
