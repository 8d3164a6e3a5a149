import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { NoticeSettings } from '#contract/notices.ts';
import type { Question } from '#contract/operations.ts';
import { api, client } from '../../lib/api.ts';
import { useReport } from '../../lib/use-report.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import type { Choose } from './choose.ts';
import { KindChoices } from './kind-choices.tsx';
import { NoticeTimes } from './notice-times.tsx';
import { PushDevices } from './push-devices.tsx';
import './notices.css';

/** How the person is told, in all their workspaces alike. Saved at once; each change can be taken back. */
export function NoticeSettingsScreen() {
  const { t } = useTranslation();
  const { t: say } = useTranslation('notices');
  const queries = useQueryClient();
  const report = useReport();
  const { data, error, isPending, refetch } = useQuery(api.notices.settings.queryOptions());
  const save = (change: Question<'notices', 'choose'>) =>
    report(async () => {
      const settings = await client.notices.choose(change);
      queries.setQueryData(api.notices.settings.queryKey(), settings as NoticeSettings);
    });
  const choose: Choose = async (change, back) => {
    if (!(await save(change))) return;
    const undo = { label: t('app.undo'), run: () => void save(back) };
    showToast({ text: t('app.saved'), undo, about: 'notice-settings' });
  };
  return (
    <Page title={say('choose')} lead={say('settings.lead')} width="reading">
      {error ? <FailureNotice error={error} onRetry={() => void refetch()} /> : null}
      {isPending ? <Waiting label={t('app.loading')} /> : null}
      {data ? (
        <>
          <KindChoices settings={data} choose={choose} />
          <NoticeTimes settings={data} choose={choose} />
          <PushDevices settings={data} />
        </>
      ) : null}
    </Page>
  );
}
