import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { reachOf } from '#contract/reach.ts';
import { api } from '../../lib/api.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { TextField, TextsField } from '../../ui/fields.tsx';
import { ReachNotice } from '../../ui/reach-notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import type { ProposalPartProps } from './proposal-draft.ts';

const form = /^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/;

/** The own page: its address, checked while it is typed, and what stands on it. */
export function PagePart({ proposal, draft, onChange }: ProposalPartProps) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const address = useDeferredValue(draft.address);
  const { data } = useQuery({
    ...api.onboarding.address.queryOptions({ input: { workspaceId, address } }),
    enabled: !proposal.page.isOpen && form.test(address),
  });
  if (proposal.page.isOpen) {
    return (
      <Sheet title={t('begin.proposal.pageTitle')}>
        <p className="begin-why">{t('begin.proposal.pageOpen', { address: proposal.page.url })}</p>
        <ReachNotice address={proposal.page.url} />
      </Sheet>
    );
  }
  const isPublic = reachOf(proposal.page.url) === 'everyone';
  const answer = data?.address === draft.address ? data : undefined;
  return (
    <Sheet
      title={t('begin.proposal.pageTitle')}
      lead={t(isPublic ? 'begin.proposal.pageLead' : 'begin.proposal.pageLeadHere')}
    >
      <TextField
        label={t('ownPage.form.title')}
        required
        maxLength={100}
        dir="auto"
        value={draft.pageTitle}
        onChange={(event) => onChange({ pageTitle: event.currentTarget.value })}
      />
      <TextField
        label={t('ownPage.form.address')}
        description={`${window.location.origin}/p/${draft.address || '…'}`}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        required
        minLength={3}
        maxLength={40}
        pattern="[a-z0-9][a-z0-9\-]{1,38}[a-z0-9]"
        title={t('ownPage.form.addressRule')}
        spellCheck={false}
        error={answer?.isFree === false ? t('begin.proposal.addressTaken') : undefined}
        value={draft.address}
        onChange={(event) => onChange({ address: event.currentTarget.value.toLowerCase() })}
      />
      <p className="begin-why" role="status">
        {answer?.isFree ? t('begin.proposal.addressFree') : ''}
      </p>
      <ReachNotice address={proposal.page.url} />
      <TextsField
        label={t('begin.proposal.about')}
        autosize
        minRows={2}
        maxLength={2_000}
        dir="auto"
        value={draft.about}
        onChange={(event) => onChange({ about: event.currentTarget.value })}
      />
      {proposal.page.links.length > 0 ? (
        <p className="begin-why" dir="auto">
          {t('begin.proposal.press', { links: proposal.page.links.map((it) => it.label).join(' · ') })}
        </p>
      ) : null}
    </Sheet>
  );
}
