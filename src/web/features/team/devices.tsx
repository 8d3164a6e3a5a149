import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Session } from '#contract/people.ts';
import { api, client } from '../../lib/api.ts';
import { nameDevice } from '../../lib/name-device.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useReport } from '../../lib/use-report.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Word } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { showToast } from '../../ui/toasts.tsx';
import '../../ui/lines.css';

/** Where the person is signed in, and signing out there. */
export function Devices() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const report = useReport();
  const { data, error, refetch } = useQuery(api.sessions.list.queryOptions());
  const others = data?.items.filter((it) => !it.current) ?? [];
  const refresh = () => queries.invalidateQueries({ queryKey: api.sessions.key() });
  const end = (session: Session, name: string) =>
    report(async () => {
      await client.sessions.end({ sessionId: session.id });
      await refresh();
      showToast({ text: t('account.deviceEnded', { device: name }) });
    });
  const endOthers = () =>
    report(async () => {
      await client.sessions.endOthers();
      await refresh();
      showToast({ text: t('account.othersEnded') });
    });
  return (
    <Sheet
      title={t('account.devices')}
      lead={t('account.devicesLead')}
      aside={
        others.length > 0 ? (
          <Button variant="default" onClick={() => void endOthers()}>
            {t('account.endOthers')}
          </Button>
        ) : null
      }
    >
      {error ? <FailureNotice error={error} onRetry={() => void refetch()} /> : null}
      <ul className="lines">
        {data?.items.map((it) => (
          <DeviceLine key={it.id} session={it} onEnd={(name) => void end(it, name)} />
        ))}
      </ul>
    </Sheet>
  );
}

function DeviceLine({ session, onEnd }: { session: Session; onEnd: (name: string) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { browser, system } = nameDevice(session.device);
  const name = browser && system ? t('account.device', { browser, system }) : (browser ?? t('account.unknownDevice'));
  return (
    <li className="line">
      <div className="line-words">
        <strong>{name}</strong>
        {session.current ? <Word tone="good">{t('account.thisDevice')}</Word> : null}
        <p>
          {t('account.deviceTimes', {
            from: session.from,
            started: format.dateTime(session.startedAt),
            used: format.dateTime(session.lastUsedAt),
          })}
        </p>
      </div>
      {session.current ? null : (
        <div className="line-acts">
          <Button variant="default" aria-label={`${t('app.signOut')}: ${name}`} onClick={() => onEnd(name)}>
            {t('app.signOut')}
          </Button>
        </div>
      )}
    </li>
  );
}
