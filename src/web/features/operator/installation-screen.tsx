import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Installation } from '#contract/operator.ts';
import { api } from '../../lib/api.ts';
import { useFormat } from '../../lib/use-format.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { Doctor } from './doctor.tsx';
import { MailSheet } from './mail-sheet.tsx';
import { RegistrationSheet } from './registration-sheet.tsx';
import '../../ui/lines.css';

/** What whoever runs the installation sees and sets: for the operator alone. */
export function InstallationScreen() {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(api.operator.get.queryOptions());
  return (
    <Page title={t('installation.title')} lead={t('installation.lead')} width="reading">
      {isPending ? <Waiting label={t('app.loading')} /> : null}
      {error ? <FailureNotice error={error} onRetry={() => void refetch()} /> : null}
      {data ? (
        <>
          <Figures installation={data} />
          <RegistrationSheet installation={data} />
          <MailSheet mail={data.mail} />
        </>
      ) : null}
      <Doctor />
    </Page>
  );
}

function Figures({ installation: { version, people, workspaces } }: { installation: Installation }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Sheet>
      <dl className="figures-row">
        <div>
          <dt>{t('installation.people')}</dt>
          <dd>{format.number(people)}</dd>
        </div>
        <div>
          <dt>{t('app.workspaces')}</dt>
          <dd>{format.number(workspaces)}</dd>
        </div>
        <div>
          <dt>{t('installation.version')}</dt>
          <dd>{version}</dd>
        </div>
      </dl>
    </Sheet>
  );
}
