import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { languages } from '#contract/terms.ts';
import { besides, checkGlossaries } from './texts/check-glossaries.ts';
import { compareCatalogues } from './texts/compare-catalogues.ts';
import { findHardTexts } from './texts/find-hard-texts.ts';
import { findUsedKeys, type UsedKey } from './texts/find-used-keys.ts';
import { type Catalogue, readCatalogues } from './texts/read-catalogues.ts';

const home = path.join(import.meta.dirname, '..');

/**
 * Says what is wrong with the texts: keys that code asks for and English lacks, English texts of the interface that
 * nobody asks for, words written into components, every difference between a language and English, and status words that
 * differ from a language's glossary. Empty is well.
 */
export async function checkTexts(root: string = home): Promise<string[]> {
  const catalogues = readCatalogues(root);
  const files = ['src/web/**/*.{ts,tsx}', 'src/connectors/*/web/**/*.{ts,tsx}']
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .filter((file) => !/\.test\.tsx?$|\.d\.ts$/.test(file))
    .sort()
    .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));
  const used = files.flatMap(({ file, text }) => findUsedKeys(file, text));
  return [
    ...used.flatMap((key) => findUnknown(key, catalogues)),
    ...findUnused(used, catalogues),
    ...files.filter(({ file }) => file.endsWith('.tsx')).flatMap(({ file, text }) => findHardTexts(file, text)),
    ...compareCatalogues(
      catalogues.filter((it) => !besides.has(it.namespace)),
      languages,
    ),
    ...checkGlossaries(catalogues, languages),
  ];
}

const stemsOf = (catalogue: Catalogue | undefined): string[] =>
  [...(catalogue?.languages.get('en')?.keys() ?? [])].map((key) => key.replace(/_(zero|one|two|few|many|other)$/, ''));

function findUnknown({ namespace, pattern, said, place }: UsedKey, catalogues: Catalogue[]): string[] {
  // A key composed under a network's namespace depends on that network's form: its own tests hold it.
  if (namespace === 'network-*') return [];
  const stems = searched(namespace).flatMap((name) => stemsOf(catalogues.find((it) => it.namespace === name)));
  return stems.some((stem) => pattern.test(stem)) ? [] : [`${place}: English lacks ${namespace}:${said}`];
}

/** Where the interface looks for a key: what the first screen says is said to all screens. */
const searched = (namespace: string): string[] => (namespace === 'web' ? ['web', 'first'] : [namespace]);

function findUnused(used: UsedKey[], catalogues: Catalogue[]): string[] {
  return ['first', 'web'].flatMap((namespace) => {
    const asked = used.filter((it) => searched(it.namespace).includes(namespace));
    return [...new Set(stemsOf(catalogues.find((it) => it.namespace === namespace)))]
      .filter((stem) => !asked.some(({ pattern }) => pattern.test(stem)))
      .map((stem) => `${namespace} (en): nobody asks for "${stem}"`);
  });
}

if (process.argv[1] === import.meta.filename) {
  const problems = await checkTexts();
  process.stdout.write(problems.length === 0 ? 'texts: ok\n' : `${problems.join('\n')}\n${problems.length} problems\n`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
