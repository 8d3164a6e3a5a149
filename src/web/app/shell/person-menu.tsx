import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Me } from '#contract/people.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { IconInstallation, IconLeave, IconPerson } from '../../ui/icons.ts';
import { Initials } from '../../ui/initials.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { useSignOut } from '../use-sign-out.ts';

/** Who is signed in, what is theirs to set, and the way out. */
export function PersonMenu({ person }: { person: Me }) {
  const { t } = useTranslation('first');
  const { id: workspaceId } = useWorkspace();
  const navigate = useNavigate();
  const leave = useSignOut();
  return (
    <Menu
      className="switcher"
      label={t('app.personMenu', { name: person.name })}
      face={
        <>
          <Initials name={person.name} />
          <span className="switcher-name">{person.name}</span>
        </>
      }
    >
      <MenuItem
        icon={<IconPerson size={18} />}
        onSelect={() => void navigate({ to: '/w/$workspaceId/account', params: { workspaceId } })}
      >
        {t('account.title')}
      </MenuItem>
      {person.isOperator ? (
        <MenuItem
          icon={<IconInstallation size={18} />}
          onSelect={() => void navigate({ to: '/w/$workspaceId/installation', params: { workspaceId } })}
        >
          {t('installation.title')}
        </MenuItem>
      ) : null}
      <MenuItem icon={<IconLeave size={18} />} onSelect={leave}>
        {t('app.signOut')}
      </MenuItem>
    </Menu>
  );
}
