import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { readFailure } from '../lib/failure.ts';
import { Notice } from './notice.tsx';

interface FailureNoticeProps {
  error: unknown;
  onRetry?: () => void;
  /** What is wrong with single fields stands at them already. */
  isAtFields?: boolean;
}

/** Says why something did not work, what is safe, and offers to try again. */
export function FailureNotice({ error, onRetry, isAtFields = false }: FailureNoticeProps) {
  const { t } = useTranslation();
  const failure = readFailure(error);
  const retry = onRetry ? (
    <Button variant="default" onClick={onRetry}>
      {t('failures.retry')}
    </Button>
  ) : undefined;
  if (failure.kind === 'refused') {
    const words = [failure.message, ...(isAtFields ? [] : failure.problems.map((it) => it.message ?? ''))].filter(
      Boolean,
    );
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
