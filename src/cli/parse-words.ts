/** A command line taken apart: words in their order, and what was given to each option, in its order. */
export interface Parsed {
  words: string[];
  /** `true` for an option without a value. Names as they were written, without the dashes. */
  options: Map<string, (string | true)[]>;
}

const flags = new Set(['json', 'all', 'help', 'version', 'sign-up', 'password-stdin', 'key-stdin', 'wait']);

/**
 * Takes words apart: `--name value`, `--name=value`, `--flag`, `-h`. An option followed by another option has no value;
 * a value that begins with two dashes is written with `=`. Everything behind a bare `--` is a word.
 */
export function parseWords(given: readonly string[]): Parsed {
  const parsed: Parsed = { words: [], options: new Map() };
  for (let i = 0; i < given.length; i++) {
    const word = given[i] ?? '';
    if (word === '--') {
      parsed.words.push(...given.slice(i + 1));
      break;
    }
    if (word === '-h') add(parsed, 'help', true);
    else if (!word.startsWith('--')) parsed.words.push(word);
    else {
      const [, name = '', value] = /^--([^=]*)(?:=([\s\S]*))?$/.exec(word) ?? [];
      const next = given[i + 1];
      if (value !== undefined) add(parsed, name, value);
      else if (flags.has(name) || next === undefined || next.startsWith('--')) add(parsed, name, true);
      else {
        add(parsed, name, next);
        i++;
      }
    }
  }
  return parsed;
}

function add({ options }: Parsed, name: string, value: string | true): void {
  options.set(name, [...(options.get(name) ?? []), value]);
}
