import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '#contract/audit.ts';
import { useNetworkName } from '../../lib/networks.ts';
import { useChannels, useMembers } from '../../lib/use-everyone.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useActionWords } from './audit-words.ts';

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
        <p>
          {format.dateTime(at)} · {t('audit.number', { number: format.number(number) })}
        </p>
      </div>
    </li>
  );
}

/** What a line tells besides, as far as there are words for it. */
function useParticulars({ subject, detail }: AuditEntry): string[] {
  const { t } = useTranslation();
  const members = useMembers();
  const channels = useChannels();
  const networkName = useNetworkName();
  const { role, network, channelId, scopes } = detail;
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
    channel ?? (typeof network === 'string' ? networkName(network) : undefined),
  ].filter((it) => it !== undefined);
}
