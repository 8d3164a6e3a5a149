import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Me } from '#contract/people.ts';
import { showOverlay } from '../../lib/overlays.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { IconCheck, IconMembers, IconPlus, IconSearch, IconSettings, IconSwitch } from '../../ui/icons.ts';
import { Initials } from '../../ui/initials.tsx';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';

/** More than these are looked for by name. */
const shownAtOnce = 6;

/** The business whose rooms these are, and the way to another one. */
export function WorkspaceSwitcher({ person }: { person: Me }) {
  const { t } = useTranslation('first');
  const { id: workspaceId, name } = useWorkspace();
  const navigate = useNavigate();
  const isOpen = (it: { id: string }) => it.id === workspaceId;
  const all = person.workspaces;
  const shown = all.length > shownAtOnce ? [...all.filter(isOpen), ...all.filter((it) => !isOpen(it))] : all;
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
      {shown.slice(0, shownAtOnce).map((it) => (
        <MenuItem
          key={it.id}
          icon={<Initials name={it.name} square />}
          mark={isOpen(it) ? <IconCheck size={18} /> : null}
          onSelect={() => void navigate({ to: '/w/$workspaceId/today', params: { workspaceId: it.id } })}
        >
          {it.name}
        </MenuItem>
      ))}
      {all.length > shownAtOnce ? (
        <MenuItem icon={<IconSearch size={18} />} onSelect={() => showOverlay('palette')}>
          {t('palette.findWorkspace', { count: all.length })}
        </MenuItem>
      ) : null}
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
