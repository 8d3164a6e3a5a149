import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Me } from '#contract/people.ts';
import { Bell } from '../../features/notices/bell.tsx';
import { showOverlay } from '../../lib/overlays.ts';
import { useAreLettersOn } from '../../lib/shortcuts.ts';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import { IconFold, IconPencil, IconSearch, IconUnfold } from '../../ui/icons.ts';
import { Keys } from '../../ui/keys.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { PersonMenu } from './person-menu.tsx';
import { stages } from './rooms.ts';
import { useFoldRail } from './use-fold-rail.ts';
import { WorkspaceSwitcher } from './workspace-switcher.tsx';

/** The rooms at the left, from 1024 px up. Folded, it shows their icons, and each name where one points or stands. */
export function Rail({ person }: { person: Me }) {
  const { t } = useTranslation('first');
  const { id: workspaceId } = useWorkspace();
  const mayWrite = useMay('posts.create');
  const areLettersOn = useAreLettersOn();
  const [isFolded, fold] = useFoldRail();
  const foldName = t(isFolded ? 'rail.open' : 'rail.fold');
  return (
    <aside className="rail" data-folded={isFolded}>
      <WorkspaceSwitcher person={person} />
      <div className="rail-acts">
        {mayWrite ? (
          <LinkButton
            to="/w/$workspaceId/compose"
            params={{ workspaceId }}
            className="rail-compose"
            leftSection={<IconPencil size={18} />}
            rightSection={areLettersOn ? <kbd className="rail-key">c</kbd> : null}
            {...(areLettersOn ? { 'aria-keyshortcuts': 'c' } : {})}
          >
            {t('app.compose')}
          </LinkButton>
        ) : null}
        <button
          type="button"
          className="rail-room"
          aria-haspopup="dialog"
          aria-keyshortcuts="Control+k Meta+k"
          onClick={() => showOverlay('palette')}
        >
          <IconSearch size={20} />
          <span className="rail-name">{t('palette.search')}</span>
          <Keys keys="mod+k" />
        </button>
      </div>
      <nav aria-label={t('app.rooms')}>
        {stages.map((stage) => (
          <div key={stage.name ?? 'first'} className="rail-stage">
            {stage.name === null ? null : <h2>{t(stage.name)}</h2>}
            {stage.rooms.map(({ to, name, Icon }) => (
              <Link key={to} to={to} params={{ workspaceId }} className="rail-room">
                <Icon size={20} />
                <span className="rail-name">{t(name)}</span>
              </Link>
            ))}
          </div>
        ))}
      </nav>
      <div className="rail-foot">
        <PersonMenu person={person} />
        <Bell />
        <button type="button" className="rail-fold" aria-label={foldName} aria-expanded={!isFolded} onClick={fold}>
          {isFolded ? <IconUnfold size={20} /> : <IconFold size={20} />}
          <span className="rail-name" aria-hidden="true">
            {foldName}
          </span>
        </button>
      </div>
    </aside>
  );
}
