import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RelativeUnit, RelativeWords, Words } from '../src/format/words.ts';

const root = join(import.meta.dirname, '..');

/** Cuts what `src/format` needs of a language out of CLDR. */
export async function makeFormatWords(language: string): Promise<Words> {
  const read = async (file: string): Promise<Tree> => {
    const [pack = '', name = ''] = file.split('/');
    const text = await readFile(join(root, 'node_modules', pack, 'main', language, `${name}.json`), 'utf8');
    return new Tree(JSON.parse(text)).at('main', language);
  };
  const gregorian = (await read('cldr-dates-full/ca-gregorian')).at('dates', 'calendars', 'gregorian');
  const fields = (await read('cldr-dates-full/dateFields')).at('dates', 'fields');
  const numbers = (await read('cldr-numbers-full/numbers')).at('numbers');
  const formats = gregorian.at('dateFormats');
  const joints = gregorian.at('dateTimeFormats');
  const available = joints.at('availableFormats');
  const fullDate = plain(formats.text('full'));
  return {
    monthsWide: gregorian.at('months', 'format', 'wide').texts(),
    monthsAlone: gregorian.at('months', 'stand-alone', 'wide').texts(),
    monthsShort: gregorian.at('months', 'format', 'abbreviated').texts(),
    weekdaysWide: gregorian.at('days', 'format', 'wide').texts(),
    weekdaysShort: gregorian.at('days', 'format', 'abbreviated').texts(),
    weekdaysNarrow: gregorian.at('days', 'format', 'short').texts(),
    am: gregorian.at('dayPeriods', 'format', 'abbreviated').text('am'),
    pm: gregorian.at('dayPeriods', 'format', 'abbreviated').text('pm'),
    patterns: {
      date: plain(available.text('yMMMd')),
      // Esperanto's own long date is 2026-Novembro-22; its full one without the weekday reads like a sentence.
      longDate: language === 'eo' ? fullDate.replace('EEEE, ', '') : plain(formats.text('long')),
      fullDate,
      weekdayDate: plain(available.text('yMMMEd')),
      dayMonth: plain(available.text('MMMd')),
      monthYear: plain(available.text('yMMMM')),
      time: plain(gregorian.at('timeFormats').text('short')),
      dateTime: plain(joints.text('medium')),
      longDateTime: plain(gregorian.at('dateTimeFormats-atTime', 'standard').text('long')),
    },
    decimal: numbers.at('symbols-numberSystem-latn').text('decimal'),
    // One kind of blank that does not break, so that fonts without the narrow one show it too.
    group: numbers.at('symbols-numberSystem-latn').text('group').replaceAll('\u202F', '\u00A0'),
    percent: numbers.at('percentFormats-numberSystem-latn').text('standard').replace('#,##0', '#'),
    relative: {
      second: relativeWords(fields, 'second'),
      minute: relativeWords(fields, 'minute'),
      hour: relativeWords(fields, 'hour'),
      day: relativeWords(fields, 'day'),
      week: relativeWords(fields, 'week'),
      month: relativeWords(fields, 'month'),
      year: relativeWords(fields, 'year'),
    },
  };
}

/** The words as the file holds them. */
export async function printFormatWords(language: string): Promise<string> {
  return `${JSON.stringify(await makeFormatWords(language), null, 1)}\n`;
}

const plain = (pattern: string): string => pattern.replaceAll(/[\u00A0\u202F]/g, ' ');

function relativeWords(fields: Tree, unit: RelativeUnit): RelativeWords {
  const field = fields.at(unit);
  const patterns = (tense: 'past' | 'future') => {
    const found = field.at(`relativeTime-type-${tense}`);
    const other = found.text('relativeTimePattern-count-other');
    return { one: found.maybe('relativeTimePattern-count-one') ?? other, other };
  };
  return {
    previous: field.maybe('relative-type--1'),
    current: field.text('relative-type-0'),
    next: field.maybe('relative-type-1'),
    past: patterns('past'),
    future: patterns('future'),
  };
}

/** A JSON tree that says where something is missing. */
class Tree {
  readonly #node: unknown;

  constructor(node: unknown) {
    this.#node = node;
  }

  at(...path: string[]): Tree {
    let node = this.#node;
    for (const name of path) node = read(node, name);
    return new Tree(node);
  }

  maybe(name: string): string | null {
    const found = typeof this.#node === 'object' && this.#node && Reflect.get(this.#node, name);
    return typeof found === 'string' ? found : null;
  }

  text(name: string): string {
    const found = read(this.#node, name);
    if (typeof found !== 'string') throw new Error(`CLDR: ${name} is no text`);
    return found;
  }

  texts(): string[] {
    return Object.keys(Object(this.#node)).map((name) => this.text(name));
  }
}

function read(node: unknown, name: string): unknown {
  const found = typeof node === 'object' && node ? Reflect.get(node, name) : undefined;
  if (found === undefined) throw new Error(`CLDR: there is no ${name}`);
  return found;
}

if (import.meta.main) {
  for (const language of ['en', 'th', 'vi', 'id', 'eo']) {
    await writeFile(join(root, 'src/format/words', `${language}.gen.json`), await printFormatWords(language));
  }
}
