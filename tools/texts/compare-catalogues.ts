import type { Catalogue, Texts } from './read-catalogues.ts';

const plural = /_(zero|one|two|few|many|other)$/;

/** Says where a language lacks a text, has one too many, fills other gaps, or misses a plural form it needs. */
export function compareCatalogues(catalogues: Catalogue[], languages: readonly string[]): string[] {
  return catalogues.flatMap(({ namespace, languages: found }) => {
    const english = found.get('en');
    if (!english) return [`${namespace}: English is missing`];
    return languages.flatMap((language) => {
      const texts = found.get(language);
      if (!texts) return [`${namespace}: no texts in ${language}`];
      return compareTexts(english, texts, language).map((problem) => `${namespace} (${language}): ${problem}`);
    });
  });
}

function compareTexts(english: Texts, texts: Texts, language: string): string[] {
  const problems: string[] = [];
  const [wanted, given] = [groupByStem(english), groupByStem(texts)];
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  for (const [stem, keys] of wanted) {
    const theirs = given.get(stem);
    if (!theirs) {
      problems.push(`lacks "${stem}"`);
      continue;
    }
    const counts = keys.some((key) => plural.test(key));
    if (counts) {
      for (const form of forms) if (!texts.has(`${stem}_${form}`)) problems.push(`lacks the plural "${stem}_${form}"`);
    }
    const gaps = gapsOf(keys.map((key) => english.get(key) ?? ''));
    const their = gapsOf(theirs.map((key) => texts.get(key) ?? ''));
    const differs = [...gaps.symmetricDifference(their)].filter((gap) => !(counts && gap === 'count'));
    if (differs.length > 0) problems.push(`"${stem}" differs from English in {{${differs.join('}}, {{')}}}`);
    if (theirs.some((key) => texts.get(key)?.trim() === '')) problems.push(`"${stem}" is empty`);
  }
  for (const [stem, keys] of given) {
    if (!wanted.has(stem)) problems.push(`has "${stem}", which English has not`);
    const odd = keys.filter((key) => plural.test(key) && !forms.some((form) => key.endsWith(`_${form}`)));
    for (const key of odd) problems.push(`has "${key}", a plural that the language does not use`);
  }
  return problems;
}

/** Keys without their plural ending, with the keys that make them up. */
function groupByStem(texts: Texts): Map<string, string[]> {
  return Map.groupBy(texts.keys(), (key) => key.replace(plural, ''));
}

function gapsOf(texts: string[]): Set<string> {
  return new Set(
    texts.flatMap((text) => [...text.matchAll(/\{\{\s*([^},\s]+)[^}]*\}\}/g)].map(([, name]) => name ?? '')),
  );
}
