import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { Notice } from '../../../ui/notice.tsx';

/** Says how it stands with the pictures that were shared, until all of them are in the draft. */
export function SharedPictures({ count, isSending, error }: { count: number; isSending: boolean; error: unknown }) {
  if (count === 0) return null;
  if (error) return <FailureNotice error={error} />;
  return (
    <Suspense fallback={null}>
      <Standing count={count} isSending={isSending} />
    </Suspense>
  );
}

function Standing({ count, isSending }: { count: number; isSending: boolean }) {
  const { t } = useTranslation('pwa');
  return <Notice tone="quiet">{isSending ? t('share.uploading', { count }) : t('share.later', { count })}</Notice>;
}
