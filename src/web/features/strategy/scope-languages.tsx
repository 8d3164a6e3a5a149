import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useContentLanguages, useLanguageName } from '../../lib/content-languages.ts';
import { IconClose } from '../../ui/icons.ts';
import { SearchChoice } from '../../ui/search-choice.tsx';

/** The languages in which a goal counts posts; none chosen does not narrow. */
export function ScopeLanguages({ chosen, onChange }: { chosen: string[]; onChange: (tags: string[]) => void }) {
  const { t } = useTranslation();
  const nameOf = useLanguageName();
  const choices = useContentLanguages(chosen).filter((it) => !chosen.includes(it.value));
  return (
    <div className="form-rows">
      <SearchChoice
        label={t('goals.scope.languages')}
        description={t('goals.scope.languagesHint')}
        placeholder={t('goals.scope.addLanguage')}
        value=""
        choices={choices}
        onChange={(tag) => onChange([...chosen, tag])}
      />
      {chosen.length > 0 ? (
        <div className="form-actions">
          {chosen.map((tag) => (
            <Button
              key={tag}
              variant="default"
              rightSection={<IconClose size={16} />}
              aria-label={t('goals.scope.removeLanguage', { name: nameOf(tag) })}
              onClick={() => onChange(chosen.filter((it) => it !== tag))}
            >
              {nameOf(tag)}
            </Button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
