import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../lib/workspace.tsx';
import './demo.css';

/** Says on every screen of a demo that it is one, and leads to the practice network and to the doorway. */
export function DemoBanner() {
  const { t } = useTranslation('first');
  const { id: workspaceId } = useWorkspace();
  return (
    <aside className="demo-banner" aria-label={t('demo.banner')}>
      <p>{t('demo.banner')}</p>
      <div className="demo-ways">
        <Link to="/w/$workspaceId/practice" params={{ workspaceId }} className="demo-way">
          {t('demo.network')}
        </Link>
        <a href="/demo" className="demo-way">
          {t('demo.doorway')}
        </a>
      </div>
    </aside>
  );
}
