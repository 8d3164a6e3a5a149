import { roles } from 'virtual:contract';
import { Button, NativeSelect } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Member } from '#contract/people.ts';
import type { Role } from '#contract/terms.ts';
import { api, client } from '../../lib/api.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useReport } from '../../lib/use-report.ts';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import { Initials } from '../../ui/initials.tsx';
import { Question } from '../../ui/question.tsx';
import { showToast } from '../../ui/toasts.tsx';

interface MemberLineProps {
  member: Member;
  /** Without them nobody would own the workspace: they keep their role and stay. */
  isOnlyOwner: boolean;
}

/** One member, with what owners may change about them. */
export function MemberLine({ member, isOnlyOwner }: MemberLineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { personId: ownId } = useWorkspace();
  const mayChange = useMay('members.changeRole') && !isOnlyOwner;
  const mayRemove = useMay('members.remove') && !isOnlyOwner;
  const { changeRole, remove } = useMemberActs(member);
  const [isAsked, setAsked] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const { name, email, role, since, personId } = member;
  const isSelf = personId === ownId;
  const act = isSelf ? t('members.leave') : t('members.remove');
  return (
    <li className="line">
      <Initials name={name} />
      <div className="line-words">
        <strong>{isSelf ? t('members.you', { name }) : name}</strong>
        <p>
          {email} · {t('members.since', { date: format.date(since) })}
        </p>
        {isOnlyOwner && isSelf ? <p>{t('members.onlyOwner')}</p> : null}
      </div>
      <div className="line-acts">
        {mayChange ? (
          <NativeSelect
            aria-label={t('members.roleOf', { name })}
            value={role}
            onChange={(event) => {
              const next = roles.find((it) => it === event.currentTarget.value);
              if (next) void changeRole(next);
            }}
          >
            {roles.map((it) => (
              <option key={it} value={it}>
                {t(`roles.name.${it}`)}
              </option>
            ))}
          </NativeSelect>
        ) : (
          <span>{t(`roles.name.${role}`)}</span>
        )}
        {mayRemove ? (
          <Button
            ref={opener}
            variant="default"
            aria-label={`${act}: ${name}`}
            aria-expanded={isAsked}
            onClick={() => setAsked(true)}
          >
            {act}
          </Button>
        ) : null}
      </div>
      {isAsked ? (
        <Question
          title={isSelf ? t('members.leaveTitle') : t('members.removeTitle', { name })}
          text={isSelf ? t('members.leaveText') : t('members.removeText')}
          yes={isSelf ? t('members.leaveYes') : t('members.removeYes')}
          no={isSelf ? t('members.leaveNo') : t('members.removeNo')}
          onYes={remove}
          onClose={() => {
            setAsked(false);
            opener.current?.focus();
          }}
        />
      ) : null}
    </li>
  );
}

function useMemberActs({ personId, name, role }: Member) {
  const { t } = useTranslation();
  const { id: workspaceId, personId: ownId } = useWorkspace();
  const queries = useQueryClient();
  const report = useReport();
  const refresh = () =>
    Promise.all([api.members, api.invitations, api.me].map((it) => queries.invalidateQueries({ queryKey: it.key() })));
  const change = (to: Role) =>
    report(async () => {
      await client.members.changeRole({ workspaceId, personId, role: to });
      await refresh();
    });
  return {
    changeRole: async (to: Role) => {
      if (!(await change(to))) return;
      const text = t('members.roleChanged', { name, role: t(`roles.name.${to}`) });
      // Whoever gives away their own role may not be the one to take it back.
      const undo = personId === ownId ? {} : { undo: { label: t('app.undo'), run: () => void change(role) } };
      showToast({ text, about: `role ${personId}`, ...undo });
    },
    remove: () =>
      report(async () => {
        await client.members.remove({ workspaceId, personId });
        await refresh();
        showToast({ text: t('members.removed', { name }) });
      }),
  };
}
