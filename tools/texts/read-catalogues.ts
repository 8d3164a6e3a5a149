import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Texts by their full key (`goals.new`), as a translator wrote them. */
export type Texts = ReadonlyMap<string, string>;

/** One subject's texts in every language that has any. */
export interface Catalogue {
  /** `web`, `metrics`, …; a network's own is `network-<id>`. */
  namespace: string;
  languages: ReadonlyMap<string, Texts>;
}

/** Reads src/texts/<language>/<namespace>.json and each connector's texts/<language>.json. */
export function readCatalogues(root: string): Catalogue[] {
  const found = new Map<string, Map<string, Texts>>();
  const put = (namespace: string, language: string, file: string) => {
    const languages = found.get(namespace) ?? new Map<string, Texts>();
    languages.set(language, readTexts(file));
    found.set(namespace, languages);
  };
  const shared = path.join(root, 'src/texts');
  for (const language of list(shared)) {
    for (const name of list(path.join(shared, language))) {
      if (name.endsWith('.json')) put(path.basename(name, '.json'), language, path.join(shared, language, name));
    }
  }
  const connectors = path.join(root, 'src/connectors');
  for (const network of list(connectors)) {
    const folder = path.join(connectors, network, 'texts');
    for (const name of list(folder)) put(`network-${network}`, path.basename(name, '.json'), path.join(folder, name));
  }
  return [...found].map(([namespace, languages]) => ({ namespace, languages }));
}

function readTexts(file: string): Texts {
  const texts = new Map<string, string>();
  const walk = (value: unknown, key: string) => {
    if (typeof value === 'string') texts.set(key, value);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) walk(inner, key ? `${key}.${name}` : name);
    }
  };
  walk(JSON.parse(readFileSync(file, 'utf8')), '');
  return texts;
}

const list = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);
