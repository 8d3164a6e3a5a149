import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../lib/api.ts';
import { type StatusWindow, windows } from '../../../lib/evidence.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { Page } from '../../../ui/page.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { EmptyState } from '../../../ui/sheet.tsx';
import { Waiting } from '../../../ui/waiting.tsx';
import { ByChannel } from './by-channel.tsx';
import { HowLate } from './how-late.tsx';
import { HowSure } from './how-sure.tsx';
import { useStatusSentence } from './use-status-sentence.ts';
import { WhatBecame } from './what-became.tsx';
import { WhatWaits } from './what-waits.tsx';
import '../../../ui/lines.css';
import './status.css';

interface StatusScreenProps {
  days: StatusWindow;
  onDays: (days: StatusWindow) => void;
}

/** How punctual and how sure publishing is: said in a sentence, and in numbers that open what they count. */
export function StatusScreen({ days, onDays }: StatusScreenProps) {
  const { t: web } = useTranslation();
  const { t } = useTranslation('status');
  const { id: workspaceId } = useWorkspace();
  const sentence = useStatusSentence();
  const { data, error, isPending, refetch } = useQuery(
    api.publishing.status.queryOptions({ input: { workspaceId, days } }),
  );
  return (
    <Page title={t('title')} lead={data ? sentence(data, days) : null}>
      <div>
        <Segmented
          label={t('window.label')}
          value={String(days)}
          options={windows.map((it) => ({ value: String(it), label: t(`window.${it}`) }))}
          onChange={(value) => onDays(windows.find((it) => String(it) === value) ?? 7)}
        />
      </div>
      {isPending ? <Waiting label={web('app.loading')} /> : null}
      {error ? <FailureNotice error={error} onRetry={() => void refetch()} /> : null}
      {data && data.due === 0 && data.waiting.length === 0 ? (
        <EmptyState title={t('empty.title')}>
          <p>{t('empty.text')}</p>
        </EmptyState>
      ) : null}
      {data && (data.due > 0 || data.waiting.length > 0) ? (
        <div className="status">
          {data.due > 0 ? <HowLate status={data} days={days} /> : null}
          <WhatWaits status={data} days={days} />
          {data.due > 0 ? <WhatBecame status={data} days={days} /> : null}
          {data.due > 0 ? <HowSure status={data} days={days} /> : null}
          {data.channels.length > 1 ? <ByChannel status={data} days={days} /> : null}
        </div>
      ) : null}
    </Page>
  );
}
