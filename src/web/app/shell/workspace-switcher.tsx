import { Menu, UnstyledButton } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Me } from '#contract/people.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { IconCheck, IconPlus, IconSettings, IconSwitch } from '../../ui/icons.ts';
import { Initials } from '../../ui/initials.tsx';

/** The business whose rooms these are, and the way to another one. */
export function WorkspaceSwitcher({ person }: { person: Me }) {
  const { t } = useTranslation();
  const { id, name } = useWorkspace();
  const navigate = useNavigate();
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <UnstyledButton className="switcher" aria-label={t('app.switchWorkspace', { name })}>
          <Initials name={name} square />
          <span className="switcher-name">{name}</span>
          <IconSwitch size={18} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {person.workspaces.map((it) => (
          <Menu.Item
            key={it.id}
            leftSection={<Initials name={it.name} square />}
            rightSection={it.id === id ? <IconCheck size={18} /> : null}
            onClick={() => void navigate({ to: '/w/$workspaceId/goals', params: { workspaceId: it.id } })}
          >
            {it.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconSettings size={18} />}
          onClick={() => void navigate({ to: '/w/$workspaceId/settings', params: { workspaceId: id } })}
        >
          {t('app.settings')}
        </Menu.Item>
        <Menu.Item leftSection={<IconPlus size={18} />} onClick={() => void navigate({ to: '/welcome' })}>
          {t('app.newWorkspace')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
