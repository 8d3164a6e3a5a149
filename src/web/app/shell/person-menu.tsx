import { Menu, UnstyledButton } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Me } from '#contract/people.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { IconPerson, IconSettings } from '../../ui/icons.ts';
import { Initials } from '../../ui/initials.tsx';
import { useSignOut } from '../use-sign-out.ts';

/** Who is signed in, their settings, and the way out. */
export function PersonMenu({ person }: { person: Me }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const navigate = useNavigate();
  const leave = useSignOut();
  return (
    <Menu position="top-start" width={260}>
      <Menu.Target>
        <UnstyledButton className="switcher" aria-label={t('app.personMenu', { name: person.name })}>
          <Initials name={person.name} />
          <span className="switcher-name">{person.name}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{person.email}</Menu.Label>
        <Menu.Item
          leftSection={<IconSettings size={18} />}
          onClick={() => void navigate({ to: '/w/$workspaceId/settings', params: { workspaceId } })}
        >
          {t('app.settings')}
        </Menu.Item>
        <Menu.Item leftSection={<IconPerson size={18} />} onClick={leave}>
          {t('app.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
