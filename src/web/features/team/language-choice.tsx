import { languages } from 'virtual:contract';
import { NativeSelect } from '@mantine/core';
import type { Language } from '#contract/terms.ts';

interface LanguageChoiceProps {
  label: string;
  description?: string;
  value: Language;
  onChange: (language: Language) => void;
}

/** Each language by its own name, which its speakers find in any interface. */
export const languageNames: Record<Language, string> = {
  en: 'English',
  th: 'ไทย',
  vi: 'Tiếng Việt',
  id: 'Bahasa Indonesia',
  eo: 'Esperanto',
};

/** One of the languages Goalpost speaks. */
export function LanguageChoice({ label, description, value, onChange }: LanguageChoiceProps) {
  return (
    <NativeSelect
      label={label}
      description={description}
      value={value}
      onChange={(event) => {
        const language = languages.find((it) => it === event.currentTarget.value);
        if (language) onChange(language);
      }}
    >
      {languages.map((it) => (
        <option key={it} value={it} lang={it}>
          {languageNames[it]}
        </option>
      ))}
    </NativeSelect>
  );
}
