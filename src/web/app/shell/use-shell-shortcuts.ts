import { useMediaQuery } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { may } from '#contract/policy.ts';
import { showOverlay, toggleOverlay } from '../../lib/overlays.ts';
import { listenToKeys, type Shortcut, useShortcuts } from '../../lib/shortcuts.ts';
import type { OpenWorkspace } from '../../lib/workspace.tsx';
import { stages } from './rooms.ts';
import { useFoldRail } from './use-fold-rail.ts';

const notices = '/w/$workspaceId/notices';

/** How each room is gone to. */
export const keysOfRooms: Partial<Record<string, string>> = {
  '/w/$workspaceId/today': 'g t',
  '/w/$workspaceId/goals': 'g g',
  '/w/$workspaceId/objectives': 'g o',
  '/w/$workspaceId/calendar': 'g c',
  '/w/$workspaceId/deliveries': 'g d',
  '/w/$workspaceId/channels': 'g h',
  [notices]: 'g n',
};

/** The keys that work on every screen of a workspace. */
export function useShellShortcuts(workspace: OpenWorkspace | null): void {
  const { t } = useTranslation('first');
  const { t: say } = useTranslation('notices');
  const navigate = useNavigate();
  const [, foldRail] = useFoldRail();
  const hasRail = useMediaQuery('(min-width: 64em)', undefined, { getInitialValueInEffect: false });
  const id = workspace?.id;
  const role = workspace?.role;
  useEffect(listenToKeys, []);
  const shortcuts = useMemo<Shortcut[]>(() => {
    if (!id || !role) return [];
    const params = { workspaceId: id };
    const rooms = [
      ...stages.flatMap((stage) => stage.rooms.map(({ to, name }) => ({ to, name: t(name) }))),
      { to: notices, name: say('title') } as const,
    ];
    return [
      ...(may(role, 'posts.create')
        ? [
            {
              keys: 'c',
              name: t('app.compose'),
              group: 'do',
              act: () => void navigate({ to: '/w/$workspaceId/compose', params }),
            } as const,
          ]
        : []),
      { keys: 'mod+k', name: t('palette.title'), group: 'do', act: () => toggleOverlay('palette') },
      { keys: '/', name: t('palette.search'), group: 'do', act: () => showOverlay('palette') },
      ...(hasRail ? [{ keys: '[', name: t('rail.toggle'), group: 'do', act: foldRail } as const] : []),
      { keys: '?', name: t('shortcuts.title'), group: 'do', act: () => showOverlay('shortcuts') },
      ...rooms.flatMap(({ to, name }) => {
        const keys = keysOfRooms[to];
        return keys ? [{ keys, name, group: 'go', act: () => void navigate({ to, params }) } as const] : [];
      }),
    ];
  }, [t, say, navigate, foldRail, hasRail, id, role]);
  useShortcuts(shortcuts);
}
