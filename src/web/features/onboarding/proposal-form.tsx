import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { InterviewQuestion, Proposal } from '#contract/onboarding.ts';
import { api, client } from '../../lib/api.ts';
import { isRefused } from '../../lib/failure.ts';
import { useKept } from '../../lib/use-kept.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Form } from '../../ui/form.tsx';
import { GoalPart } from './goal-part.tsx';
import { PagePart } from './page-part.tsx';
import { PostPart } from './post-part.tsx';
import { openProposal, type ProposalDraft, shapeWanted } from './proposal-draft.ts';
import { RhythmPart } from './rhythm-part.tsx';

interface ProposalFormProps {
  proposal: Proposal;
  skipped: readonly InterviewQuestion[];
  onMade: (postId: string | null) => void;
}

/** The proposal in its parts, and the one press that makes all of it. */
export function ProposalForm({ proposal, skipped, onMade }: ProposalFormProps) {
  const { t, i18n } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const queries = useQueryClient();
  const begin = useMemo(() => openProposal(proposal), [proposal]);
  const [draft, setDraft, forget] = useKept(`${workspaceId}.proposal.${proposal.revision}.${i18n.language}`, begin);
  const making = useMutation({
    mutationFn: () => client.onboarding.make({ workspaceId, ...shapeWanted(draft, proposal) }),
    onSuccess: async ({ postId }) => {
      forget();
      onMade(postId);
      await queries.invalidateQueries();
    },
    onError: (error) => {
      if (isRefused(error, 'edited-meanwhile')) void queries.invalidateQueries({ queryKey: api.onboarding.key() });
    },
  });
  const change = (some: Partial<ProposalDraft>) => setDraft({ ...draft, ...some });
  const part = { proposal, draft, onChange: change };
  return (
    <Form className="form" onSubmit={() => making.mutate()}>
      {skipped.length > 0 ? (
        <p className="form-hint">{t('begin.proposal.guessed', { count: skipped.length })}</p>
      ) : null}
      <GoalPart {...part} isWishGuessed={skipped.includes('wish')} />
      <RhythmPart {...part} />
      <PagePart {...part} />
      <PostPart {...part} />
      {making.error ? <FailureNotice error={making.error} /> : null}
      <p className="form-hint">{t('begin.proposal.makes')}</p>
      <div className="begin-make">
        <Button type="submit" size="md" loading={making.isPending}>
          {t('begin.proposal.make')}
        </Button>
      </div>
    </Form>
  );
}
