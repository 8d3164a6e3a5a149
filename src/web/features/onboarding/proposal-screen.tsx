import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Interview, Proposal } from '#contract/onboarding.ts';
import { api } from '../../lib/api.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { ProposalForm } from './proposal-form.tsx';
import { Steps } from './steps.tsx';

interface ProposalScreenProps {
  interview: Interview;
  onMove: (at: Interview['at']) => void;
  onMade: (postId: string | null) => void;
}

/** What follows from the answers, to be changed before it is made. */
export function ProposalScreen({ interview, onMove, onMade }: ProposalScreenProps) {
  const { t, i18n } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const { data, error, refetch } = useQuery(api.onboarding.proposal.queryOptions({ input: { workspaceId } }));
  const proposal = data as Proposal | undefined;
  return (
    <Page title={t('begin.proposal.title')} lead={t('begin.proposal.lead')} width="reading">
      <Steps at="proposal" answers={interview.answers} isBusy={false} onMove={onMove} />
      {error ? <FailureNotice error={error} onRetry={() => void refetch()} /> : null}
      {proposal ? (
        <ProposalForm
          key={`${i18n.language} ${proposal.revision}`}
          proposal={proposal}
          skipped={interview.skipped}
          onMade={onMade}
        />
      ) : error ? null : (
        <Waiting label={t('app.loading')} />
      )}
    </Page>
  );
}
