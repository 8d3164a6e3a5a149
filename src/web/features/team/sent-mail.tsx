import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/notice.tsx';
import { Doorway } from './doorway.tsx';

/** Nothing more to do here: a link is on its way by mail. */
export function SentMail({ words, children }: { words: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Doorway title={t('signUp.sentTitle')}>
      <Notice tone="accent">{words}</Notice>
      <p>{t('signUp.sentNothing')}</p>
      {children}
    </Doorway>
  );
}
