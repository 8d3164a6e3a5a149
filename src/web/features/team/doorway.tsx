import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asLanguage } from '../../lib/guess-language.ts';
import { speak } from '../../lib/languages.ts';
import { Notice } from '../../ui/notice.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { registrationQuery } from './registration-query.ts';
import './doorway.css';

interface DoorwayProps {
  title: string;
  lead?: ReactNode;
  /** Who is signed in already has a language of their own, which is chosen elsewhere. */
  isSignedIn?: boolean;
  children: ReactNode;
}

/** The page before the workspace: the promise on one side, a short form on the other, in a language one can choose. */
export function Doorway({ title, lead, isSignedIn = false, children }: DoorwayProps) {
  const { t, i18n } = useTranslation();
  return (
    <div className="doorway">
      <aside className="doorway-promise">
        <p className="doorway-name">
          <img src="/icon.svg" alt="" width={36} height={36} />
          Goalpost
        </p>
        <p className="doorway-words">{t('doorway.promise')}</p>
        <ol>
          <li>{t('doorway.goal')}</li>
          <li>{t('doorway.post')}</li>
          <li>{t('doorway.proof')}</li>
        </ol>
      </aside>
      <main className="doorway-form">
        <title>{`${title} · Goalpost`}</title>
        <h1>{title}</h1>
        {lead ? <p className="doorway-lead">{lead}</p> : null}
        <PlainNotice />
        {children}
        {isSignedIn ? null : (
          <div className="doorway-language">
            <LanguageChoice
              label={t('doorway.language')}
              value={asLanguage(i18n.language) ?? 'en'}
              onChange={(language) => void speak(language)}
            />
          </div>
        )}
      </main>
    </div>
  );
}

/** Says where what is typed can be read on its way: on plain http, unless it never leaves this machine. */
function PlainNotice() {
  const { t } = useTranslation();
  const { data } = useQuery(registrationQuery);
  const isHere = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(window.location.hostname);
  if (!data || data.secure || isHere) return null;
  return (
    <Notice tone="warn" title={t('doorway.plainTitle')}>
      {t('doorway.plain')}
    </Notice>
  );
}
