import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '#contract/audit.ts';
import { useNetworkName } from '../../lib/networks.ts';
import { useChannels, useMembers } from '../../lib/use-everyone.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { useActionWords } from './audit-words.ts';
import { useSubjectName } from './use-subject-name.ts';

/** One line of the log: who did what when, with what is known of it in words. */
export function AuditLine({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  const format = useFormat();
  const say = useActionWords();
  const particulars = useParticulars(entry);
  const { number, at, by, action } = entry;
  const who = by.kind === 'system' ? 'Goalpost' : by.kind === 'key' ? t('audit.byKey', { name: by.name }) : by.name;
  return (
    <li className="line" value={number}>
      <div className="line-words">
        <strong>{who}</strong>
        <span>{[say(action), ...particulars].join(' · ')}</span>
        <SeeSubject subject={entry.subject} />
        <p>
          {format.dateTime(at)} · {t('audit.number', { number: format.number(number) })}
        </p>
      </div>
    </li>
  );
}

/** The way to what was changed, where it has a screen of its own. */
function SeeSubject({ subject }: Pick<AuditEntry, 'subject'>) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const name = useSubjectName(subject);
  if (subject === null || !['post', 'goal', 'channel'].includes(subject.kind)) return null;
  const { kind, id } = subject;
  const words = name ?? t(`audit.see.${kind}`);
  const look = { className: 'quiet-link', dir: 'auto' } as const;
  if (kind === 'post')
    return (
      <Link to="/w/$workspaceId/posts/$postId" params={{ workspaceId, postId: id }} search={{}} {...look}>
        {words}
      </Link>
    );
  if (kind === 'goal')
    return (
      <Link to="/w/$workspaceId/goals/$goalId" params={{ workspaceId, goalId: id }} {...look}>
        {words}
      </Link>
    );
  return (
    <Link to="/w/$workspaceId/channels/$channelId" params={{ workspaceId, channelId: id }} {...look}>
      {words}
    </Link>
  );
}

/** What a line tells besides, as far as there are words for it. */
function useParticulars({ subject, detail }: AuditEntry): string[] {
  const { t } = useTranslation();
  const members = useMembers();
  const channels = useChannels();
  const networkName = useNetworkName();
  const { role, network, channelId, scopes, madeById } = detail;
  const maker = members.find((it) => it.personId === madeById)?.name;
  const person = subject?.kind === 'person' ? members.find((it) => it.personId === subject.id)?.name : undefined;
  const where = subject?.kind === 'channel' ? subject.id : channelId;
  const channel = channels?.find((it) => it.id === where)?.name;
  return [
    person,
    typeof role === 'string' ? t(`roles.name.${role}`) : undefined,
    typeof scopes === 'string'
      ? scopes
          .split(' ')
          .map((it) => t(`keys.scope.${it}`))
          .join(', ')
      : undefined,
    maker === undefined ? undefined : t('audit.linkMadeBy', { name: maker }),
    channel ?? (typeof network === 'string' ? networkName(network) : undefined),
  ].filter((it) => it !== undefined);
}
