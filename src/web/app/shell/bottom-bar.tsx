import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '#contract/people.ts';
import { Bell, BellMark } from '../../features/notices/bell.tsx';
import { showOverlay } from '../../lib/overlays.ts';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import {
  IconDots,
  IconLeave,
  IconMembers,
  IconPencil,
  IconPerson,
  IconPlus,
  IconSearch,
  IconSettings,
} from '../../ui/icons.ts';
import { Initials } from '../../ui/initials.tsx';
import { SideSheet } from '../../ui/side-sheet.tsx';
import { useSignOut } from '../use-sign-out.ts';
import { farRooms, nearRooms } from './rooms.ts';

/** The rooms below, on phones; what does not fit stands under “More”. */
export function BottomBar({ person }: { person: Me }) {
  const { t } = useTranslation('first');
  const { id: workspaceId } = useWorkspace();
  const [isOpen, setOpen] = useState(false);
  const mayWrite = useMay('posts.create');
  const leave = useSignOut();
  const close = () => setOpen(false);
  return (
    <>
      <nav className="bottom-bar" aria-label={t('app.rooms')}>
        {nearRooms.map(({ stage, room: { to, Icon } }) => (
          <Link key={to} to={to} params={{ workspaceId }} className="bottom-room">
            <Icon size={22} />
            {t(stage)}
          </Link>
        ))}
        {mayWrite ? (
          <Link to="/w/$workspaceId/compose" params={{ workspaceId }} className="bottom-room bottom-compose">
            <IconPencil size={22} />
            {t('app.compose')}
          </Link>
        ) : null}
        <button type="button" className="bottom-room" onClick={() => setOpen(true)} aria-haspopup="dialog">
          <IconDots size={22} />
          {t('app.more')}
          <BellMark />
        </button>
      </nav>
      <SideSheet isOpen={isOpen} onClose={close} from="bottom" title={t('app.more')} closeLabel={t('app.close')}>
        <div className="far-rooms">
          <button
            type="button"
            className="rail-room"
            onClick={() => {
              close();
              showOverlay('palette');
            }}
          >
            <IconSearch size={20} />
            {t('palette.search')}
          </button>
          <Bell inSheet onPress={close} />
          {farRooms.map(({ to, name, Icon }) => (
            <Link key={to} to={to} params={{ workspaceId }} className="rail-room" onClick={close}>
              <Icon size={20} />
              {t(name)}
            </Link>
          ))}
          <Link to="/w/$workspaceId/settings" params={{ workspaceId }} className="rail-room" onClick={close}>
            <IconSettings size={20} />
            {t('app.settings')}
          </Link>
          <Link to="/w/$workspaceId/members" params={{ workspaceId }} className="rail-room" onClick={close}>
            <IconMembers size={20} />
            {t('members.title')}
          </Link>
          <Link to="/w/$workspaceId/account" params={{ workspaceId }} className="rail-room" onClick={close}>
            <IconPerson size={20} />
            {t('account.title')}
          </Link>
          <h2>{t('app.workspaces')}</h2>
          {person.workspaces.map((it) => (
            <Link
              key={it.id}
              to="/w/$workspaceId/today"
              params={{ workspaceId: it.id }}
              className="rail-room"
              onClick={close}
            >
              <Initials name={it.name} square />
              {it.name}
            </Link>
          ))}
          <Link to="/welcome" className="rail-room" onClick={close}>
            <IconPlus size={20} />
            {t('app.newWorkspace')}
          </Link>
          <button type="button" className="rail-room" onClick={leave}>
            <IconLeave size={20} />
            {t('app.signOut')}
          </button>
        </div>
      </SideSheet>
    </>
  );
}
