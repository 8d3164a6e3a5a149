import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from './workspace.tsx';

/** Languages people write posts in, by their tags; any other tag that is already chosen is offered too. */
const common =
  'af am ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko lo lt lv mk ml mn mr ms my nb ne nl nn pa pl pt pt-BR ro ru si sk sl sq sr sv sw ta te th tl tr uk ur uz vi xh zh-Hans zh-Hant zu'.split(
    ' ',
  );

/** A language of content as a person knows it. */
export interface ContentLanguage {
  value: string;
  label: string;
  /** By its own name, as it is written by those who speak it. */
  words: string;
}

/** Languages of content by name, the workspace's and the reader's first, then by the alphabet. */
export function useContentLanguages(chosen: readonly string[]): ContentLanguage[] {
  const { language } = useWorkspace();
  const { i18n } = useTranslation();
  const reader = i18n.language;
  const others = chosen.join(' ');
  return useMemo(() => {
    const name = makeNamer(reader);
    const first = [language, reader];
    const tags = [...new Set([...first, ...others.split(' ').filter(Boolean), ...common])];
    const byName = new Intl.Collator(reader).compare;
    return tags
      .map((value) => ({ value, label: name(value), words: nameIn(value, value) }))
      .sort((a, b) => placeOf(first, a.value) - placeOf(first, b.value) || byName(a.label, b.label));
  }, [language, reader, others]);
}

/** Names a language in the reader's own. */
export function useLanguageName(): (tag: string) => string {
  const { i18n } = useTranslation();
  const reader = i18n.language;
  return useMemo(() => makeNamer(reader), [reader]);
}

/** Browsers that have no names in the reader's language (Esperanto, mostly) give each its own. */
const makeNamer =
  (reader: string) =>
  (tag: string): string =>
    Intl.DisplayNames.supportedLocalesOf(reader).length > 0 ? nameIn(reader, tag) : nameIn(tag, tag);

function nameIn(reader: string, tag: string): string {
  try {
    const name = new Intl.DisplayNames([reader, 'en'], { type: 'language' }).of(tag) ?? tag;
    return name.charAt(0).toLocaleUpperCase(reader) + name.slice(1);
  } catch {
    return tag;
  }
}

const placeOf = (first: string[], tag: string): number => (first.includes(tag) ? first.indexOf(tag) : first.length);
