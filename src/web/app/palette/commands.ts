import { languages } from 'virtual:contract';
import { useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '#contract/people.ts';
import { languageNames } from '../../features/team/language-choice.tsx';
import { api, client } from '../../lib/api.ts';
import { speak } from '../../lib/languages.ts';
import { showOverlay } from '../../lib/overlays.ts';
import { useReport } from '../../lib/use-report.ts';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import {
  IconBell,
  IconBusiness,
  IconChannels,
  IconGoal,
  IconKeyboard,
  IconLanguage,
  IconLeave,
  IconLook,
  IconPencil,
  IconPlus,
  IconSettings,
} from '../../ui/icons.ts';
import { stages } from '../shell/rooms.ts';
import { useSettingsRooms } from '../shell/settings-rooms.ts';
import { keysOfRooms } from '../shell/use-shell-shortcuts.ts';
import { useSignOut } from '../use-sign-out.ts';

/** One line of the palette. */
export interface Command {
  id: string;
  name: string;
  /** A few words beside the name. */
  hint?: string;
  /** Other words it is found by. */
  words?: string;
  /** The shortcut that does the same. */
  keys?: string;
  Icon: ComponentType<{ size?: number | string }>;
  run: () => void;
}

/** Everything that can be done or gone to from anywhere, as far as the person may. */
export function useCommands(person: Me): Command[] {
  return [...useActs(), ...useRooms(), ...useOwnChoices(person)];
}

function useActs(): Command[] {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const navigate = useNavigate();
  const params = { workspaceId };
  const mayWrite = useMay('posts.create');
  const maySet = useMay('goals.create');
  const mayConnect = useMay('channels.create');
  return [
    {
      id: 'compose',
      name: t('app.compose'),
      keys: 'c',
      Icon: IconPencil,
      isOffered: mayWrite,
      run: () => void navigate({ to: '/w/$workspaceId/compose', params }),
    },
    {
      id: 'new-goal',
      name: t('goals.new'),
      Icon: IconGoal,
      isOffered: maySet,
      run: () => void navigate({ to: '/w/$workspaceId/goals/new', params }),
    },
    {
      id: 'new-channel',
      name: t('channels.add'),
      Icon: IconChannels,
      isOffered: mayConnect,
      run: () => void navigate({ to: '/w/$workspaceId/channels/new', params }),
    },
  ].flatMap(({ isOffered, ...command }) => (isOffered ? [command] : []));
}

function useRooms(): Command[] {
  const { t } = useTranslation();
  const { t: say } = useTranslation('notices');
  const { id: workspaceId } = useWorkspace();
  const navigate = useNavigate();
  const behind = useSettingsRooms();
  const params = { workspaceId };
  const rooms = stages.flatMap((stage) =>
    stage.rooms.map(({ to, name, Icon }) => ({
      to,
      name: t(name),
      words: stage.name === null ? '' : t(stage.name),
      Icon,
    })),
  );
  const settings = behind.map(({ to, label }) => ({ to, name: label, words: t('app.settings'), Icon: IconSettings }));
  const notices = { to: '/w/$workspaceId/notices', name: say('title'), words: '', Icon: IconBell } as const;
  return [...rooms, notices, ...settings].map(({ to, name, words, Icon }) => {
    const keys = keysOfRooms[to];
    return {
      id: to,
      name: t('palette.goTo', { room: name }),
      words,
      Icon,
      ...(keys ? { keys } : {}),
      run: () => void navigate({ to, params }),
    };
  });
}

function useOwnChoices(person: Me): Command[] {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const report = useReport();
  const leave = useSignOut();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const looks = { auto: t('settings.lookAuto'), light: t('settings.lookLight'), dark: t('settings.lookDark') };
  return [
    ...person.workspaces
      .filter((it) => it.id !== workspaceId)
      .map((it) => ({
        id: it.id,
        name: t('palette.switchTo', { name: it.name }),
        words: t('app.workspaces'),
        Icon: IconBusiness,
        run: () => void navigate({ to: '/w/$workspaceId', params: { workspaceId: it.id } }),
      })),
    {
      id: 'new-workspace',
      name: t('app.newWorkspace'),
      Icon: IconPlus,
      run: () => void navigate({ to: '/welcome' }),
    },
    ...(['auto', 'light', 'dark'] as const)
      .filter((it) => it !== colorScheme)
      .map((it) => ({
        id: `look-${it}`,
        name: t('palette.look', { look: looks[it] }),
        words: t('settings.look'),
        Icon: IconLook,
        run: () => setColorScheme(it),
      })),
    ...languages
      .filter((it) => it !== person.language)
      .map((it) => ({
        id: `language-${it}`,
        name: t('palette.language', { language: languageNames[it] }),
        words: t('settings.language'),
        Icon: IconLanguage,
        run: () =>
          void report(async () => {
            await client.me.update({ language: it });
            await speak(it);
            await queries.invalidateQueries({ queryKey: api.me.key() });
          }),
      })),
    {
      id: 'shortcuts',
      name: t('shortcuts.title'),
      keys: '?',
      Icon: IconKeyboard,
      run: () => showOverlay('shortcuts'),
    },
    { id: 'sign-out', name: t('app.signOut'), Icon: IconLeave, run: leave },
  ];
}
