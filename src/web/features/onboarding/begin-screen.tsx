import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Interview } from '#contract/onboarding.ts';
import { api } from '../../lib/api.ts';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { MadeScreen } from './made-screen.tsx';
import { ProposalScreen } from './proposal-screen.tsx';
import { QuestionScreen } from './question-screen.tsx';
import './onboarding.css';

interface BeginScreenProps {
  /** The question in the address; undefined: where one left off. */
  at: Interview['at'] | undefined;
  onMove: (at: Interview['at']) => void;
  onLater: () => void;
  onMade: (postId: string | null) => void;
}

/** The interview a workspace begins with: five questions, then a proposal, then what was made. */
export function BeginScreen(props: BeginScreenProps) {
  const { t } = useTranslation();
  const mayAnswer = useMay('onboarding.save');
  if (mayAnswer) return <Begun {...props} />;
  return (
    <Page title={t('begin.title')} width="reading">
      <Notice tone="quiet">{t('begin.notAllowed')}</Notice>
    </Page>
  );
}

function Begun({ at, onMove, onLater, onMade }: BeginScreenProps) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const { data, error, refetch } = useQuery(api.onboarding.get.queryOptions({ input: { workspaceId } }));
  if (error) {
    return (
      <Page title={t('begin.title')} width="reading">
        <FailureNotice error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (!data) return <Waiting label={t('app.loading')} />;
  const interview = data as Interview;
  if (interview.made) return <MadeScreen made={interview.made} />;
  const here = at ?? interview.at;
  if (here === 'proposal') return <ProposalScreen interview={interview} onMove={onMove} onMade={onMade} />;
  return (
    <QuestionScreen
      key={`${here} ${interview.revision}`}
      question={here}
      interview={interview}
      onMove={onMove}
      onLater={onLater}
    />
  );
}
