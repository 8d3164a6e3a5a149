import { useTranslation } from 'react-i18next';
import { showAddress } from '../../lib/show-address.ts';
import { TextsField } from '../../ui/fields.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Ideas } from './ideas.tsx';
import type { ProposalPartProps } from './proposal-draft.ts';

/** The first post: one of three beginnings, or none; and what to write about next. */
export function PostPart({ proposal, draft, onChange }: ProposalPartProps) {
  const { t } = useTranslation();
  const chosen = proposal.posts[draft.post];
  return (
    <Sheet title={t('begin.proposal.postTitle')} lead={t('begin.proposal.postWhy')}>
      <Segmented
        label={t('begin.proposal.postChoice')}
        value={String(draft.post)}
        options={[
          ...proposal.posts.map((it, index) => ({ value: String(index), label: t(`pillars.${it.pillar}`) })),
          { value: '-1', label: t('begin.proposal.noPost') },
        ]}
        onChange={(value) => onChange({ post: Number(value) })}
      />
      {chosen ? (
        <TextsField
          label={t('begin.proposal.postText')}
          description={/\[…/.test(draft.texts[draft.post] ?? '') ? t('begin.proposal.blanks') : undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autosize
          minRows={4}
          maxLength={5_000}
          dir="auto"
          lang={proposal.language}
          value={draft.texts[draft.post] ?? ''}
          onChange={(event) => {
            const { value } = event.currentTarget;
            onChange({ texts: draft.texts.map((text, index) => (index === draft.post ? value : text)) });
          }}
        />
      ) : null}
      {chosen && proposal.link !== null ? (
        <p className="begin-why">{t('begin.proposal.postLink', { link: showAddress(proposal.link) })}</p>
      ) : null}
      <Ideas proposal={proposal} />
    </Sheet>
  );
}
