import type { Catalogue, Texts } from './read-catalogues.ts';

/** Catalogues that stand beside the texts of a language and have no English: what is known of it, and its glossary. */
export const besides: ReadonlySet<string> = new Set(['about', 'glossary']);

/** Texts that are a status or a kind, and must be the same word everywhere. */
const status = /^(goalStatus|deliveryState|postState|channelState|pillars)\.[^.]+$/;

/**
 * Says where a language does not tell whether a person has read its texts, and where a status word of the interface is
 * not the one its glossary decided on.
 */
export function checkGlossaries(catalogues: Catalogue[], languages: readonly string[]): string[] {
  const find = (namespace: string) => catalogues.find((it) => it.namespace === namespace)?.languages;
  const parts = [find('first'), find('web')];
  const join = (language: string): Texts => new Map(parts.flatMap((it) => [...(it?.get(language) ?? [])]));
  return languages
    .filter((it) => it !== 'en')
    .flatMap((language) => {
      const about = find('about')?.get(language);
      const glossary = find('glossary')?.get(language);
      if (!about?.has('note')) return [`about (${language}): does not say who has read the texts`];
      if (!glossary) return [`glossary (${language}): is missing`];
      return compareWords(join('en'), join(language), glossary).map((it) => `glossary (${language}): ${it}`);
    });
}

function compareWords(english: Texts, texts: Texts, glossary: Texts): string[] {
  const problems: string[] = [];
  for (const [key, word] of english) {
    const decided = status.test(key) ? glossary.get(word.toLowerCase()) : undefined;
    const given = texts.get(key);
    if (decided !== undefined && given !== undefined && decided.toLowerCase() !== given.toLowerCase()) {
      problems.push(`"${key}" is "${given}" and not "${decided}"`);
    }
  }
  return problems;
}
