import { useTranslation } from 'react-i18next';
import { useContentLanguages } from '../../../lib/content-languages.ts';
import { SearchChoice } from '../../../ui/search-choice.tsx';
import type { PostDraft } from '../draft/post-draft.ts';
import { PillarChips } from './pillar-chips.tsx';
import { ServesField } from './serves-field.tsx';

interface WhyFieldsProps {
  draft: PostDraft;
  isLocked: boolean;
  change: (part: Partial<PostDraft>) => void;
}

/** Why there is a post at all: the goal or initiative it serves, or none on purpose; and its kind and language. */
export function WhyFields({ draft, isLocked, change }: WhyFieldsProps) {
  return (
    <div className="form">
      <ServesField serves={draft.serves} isLocked={isLocked} onChange={(serves) => change({ serves })} />
      <PillarChips pillar={draft.pillar} isLocked={isLocked} onChange={(pillar) => change({ pillar })} />
      <LanguageField language={draft.language} isLocked={isLocked} onChange={(language) => change({ language })} />
    </div>
  );
}

function LanguageField(props: { language: string; isLocked: boolean; onChange: (language: string) => void }) {
  const { t } = useTranslation();
  const { language, isLocked, onChange } = props;
  const choices = useContentLanguages([language]);
  return (
    <SearchChoice
      label={t('compose.language')}
      value={language}
      choices={choices}
      isLocked={isLocked}
      onChange={onChange}
    />
  );
}
