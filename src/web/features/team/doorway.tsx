import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './doorway.css';

/** The page before the workspace: the promise on one side, a short form on the other. */
export function Doorway({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  const { t } = useTranslation();
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
        {children}
      </main>
    </div>
  );
}
