import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { MadeOfInterview, Proposal } from '#contract/onboarding.ts';
import { api } from '../../lib/api.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Ideas } from './ideas.tsx';

/** What was made of the interview, and what to write about next. */
export function MadeScreen({ made }: { made: MadeOfInterview }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const { goalId, channelId, postId } = made;
  const { data } = useQuery(api.onboarding.proposal.queryOptions({ input: { workspaceId } }));
  return (
    <Page title={t('begin.made.title')} lead={t('begin.made.lead')} width="reading">
      <Sheet title={t('begin.made.next')}>
        <div className="form-actions">
          {postId ? (
            <LinkButton to="/w/$workspaceId/posts/$postId" params={{ workspaceId, postId }}>
              {t('begin.made.toDraft')}
            </LinkButton>
          ) : null}
          <LinkButton variant="default" to="/w/$workspaceId/goals/$goalId" params={{ workspaceId, goalId }}>
            {t('begin.made.toGoal')}
          </LinkButton>
          <LinkButton variant="default" to="/w/$workspaceId/channels/$channelId" params={{ workspaceId, channelId }}>
            {t('begin.made.toPage')}
          </LinkButton>
        </div>
        {data ? <Ideas proposal={data as Proposal} /> : null}
      </Sheet>
    </Page>
  );
}
