import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Me } from '#contract/people.ts';
import { Bell } from '../../features/notices/bell.tsx';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import { IconPencil } from '../../ui/icons.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { PersonMenu } from './person-menu.tsx';
import { stages } from './rooms.ts';
import { WorkspaceSwitcher } from './workspace-switcher.tsx';

/** The rooms at the left, from 1024 px up. */
export function Rail({ person }: { person: Me }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const mayWrite = useMay('posts.create');
  return (
    <aside className="rail">
      <WorkspaceSwitcher person={person} />
      {mayWrite ? (
        <LinkButton
          to="/w/$workspaceId/compose"
          params={{ workspaceId }}
          leftSection={<IconPencil size={18} />}
          rightSection={<kbd className="rail-key">c</kbd>}
          aria-keyshortcuts="c"
        >
          {t('app.compose')}
        </LinkButton>
      ) : null}
      <nav aria-label={t('app.rooms')}>
        {stages.map((stage) => (
          <div key={stage.name ?? 'first'} className="rail-stage">
            {stage.name === null ? null : <h2>{t(stage.name)}</h2>}
            {stage.rooms.map(({ to, name, Icon }) => (
              <Link key={to} to={to} params={{ workspaceId }} className="rail-room">
                <Icon size={20} />
                {t(name)}
              </Link>
            ))}
          </div>
        ))}
      </nav>
      <div className="rail-foot">
        <PersonMenu person={person} />
        <Bell />
      </div>
    </aside>
  );
}
