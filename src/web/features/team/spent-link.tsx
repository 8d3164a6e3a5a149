import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Doorway } from './doorway.tsx';

/** A mailed link that is good for nothing any more, with the way on. */
export function SpentLink({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Doorway title={t('spentLink.title')} lead={t('spentLink.text')}>
      <p>{children}</p>
    </Doorway>
  );
}
