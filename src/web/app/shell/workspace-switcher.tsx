import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Me } from '#contract/people.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { IconCheck, IconMembers, IconPlus, IconSettings, IconSwitch } from '../../ui/icons.ts';
import { Initials } from '../../ui/initials.tsx';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';

/** The business whose rooms these are, and the way to another one. */
export function WorkspaceSwitcher({ person }: { person: Me }) {
  const { t } = useTranslation();
  const { id: workspaceId, name } = useWorkspace();
  const navigate = useNavigate();
  return (
    <Menu
      className="switcher"
      label={t('app.switchWorkspace', { name })}
      face={
        <>
          <Initials name={name} square />
          <span className="switcher-name">{name}</span>
          <IconSwitch size={18} />
        </>
      }
    >
      {person.workspaces.map((it) => (
        <MenuItem
          key={it.id}
          icon={<Initials name={it.name} square />}
          mark={it.id === workspaceId ? <IconCheck size={18} /> : null}
          onSelect={() => void navigate({ to: '/w/$workspaceId/today', params: { workspaceId: it.id } })}
        >
          {it.name}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem
        icon={<IconSettings size={18} />}
        onSelect={() => void navigate({ to: '/w/$workspaceId/settings', params: { workspaceId } })}
      >
        {t('app.settings')}
      </MenuItem>
      <MenuItem
        icon={<IconMembers size={18} />}
        onSelect={() => void navigate({ to: '/w/$workspaceId/members', params: { workspaceId } })}
      >
        {t('members.title')}
      </MenuItem>
      <MenuItem icon={<IconPlus size={18} />} onSelect={() => void navigate({ to: '/welcome' })}>
        {t('app.newWorkspace')}
      </MenuItem>
    </Menu>
  );
}
