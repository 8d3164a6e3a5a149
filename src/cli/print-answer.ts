import { createFormat, type Format, loadFormat } from '#format/index.ts';
import { clean } from './clean.ts';
import type { Speech } from './speech.ts';

type Fields = Record<string, unknown>;

/** Prints an answer for a person: a table for a list, lines for one thing. */
export async function printAnswer(body: unknown, speech: Speech): Promise<string> {
  await loadFormat(speech.language);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const page: Page = { speech, format: createFormat({ language: speech.language, zone: timeZone }) };
  if (!isFields(body) || Object.keys(body).length === 0) return `${speech.say('done')}\n`;
  const items = body['items'];
  if (!Array.isArray(items)) return printThing(body, page, '');
  if (items.length === 0) return `${speech.say('nothing')}\n`;
  const more = body['next'] === undefined ? '' : `${speech.say('more')}\n`;
  return printTable(items.filter(isFields), page) + more;
}

interface Page {
  speech: Speech;
  format: Format;
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What tells one row from another, the most telling first; other short fields follow as far as there is room. */
const telling = [
  'id',
  'personId',
  'state',
  'title',
  'name',
  'excerpt',
  'content',
  'handle',
  'network',
  'kind',
  'metric',
  'target',
  'deadlineOn',
  'dueAt',
  'publishedAt',
  'address',
  'contributed',
  'actorName',
  'text',
];
const hidden = new Set(['revision', 'createdAt', 'updatedAt', 'archivedAt', 'thumbnailUrl', 'theirName']);
const MAX_COLUMNS = 7;
const MAX_CELL = 44;

function printTable(rows: Fields[], page: Page): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const rank = (name: string) => (telling.includes(name) ? telling.indexOf(name) : telling.length);
  const columns = names
    .filter((name) => !hidden.has(name) && (rank(name) < telling.length || !/Id$/.test(name)))
    .filter((name) => rows.some((row) => showShort(row[name], page) !== ''))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MAX_COLUMNS);
  const lines = [
    columns.map((name) => nameField(name, page)),
    ...rows.map((row) =>
      columns.map((name) => (/(^id|Id)$/.test(name) ? String(row[name] ?? '') : cut(showShort(row[name], page)))),
    ),
  ];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => widthOf(line[i] ?? ''))));
  return lines
    .map((line) =>
      line
        .map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - widthOf(cell)))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

function printThing(thing: Fields, page: Page, indent: string): string {
  const shown = Object.entries(thing).filter(([name, value]) => !hidden.has(name) && !isEmpty(value));
  const width = Math.max(0, ...shown.map(([name]) => widthOf(nameField(name, page))));
  return shown.map(([name, value]) => printField(nameField(name, page), value, { page, indent, width })).join('');
}

function printField(
  label: string,
  value: unknown,
  { page, indent, width }: { page: Page; indent: string; width: number },
): string {
  const inner = `${indent}  `;
  const short = showShort(value, page);
  if (short !== '' || !(Array.isArray(value) || isFields(value)))
    return `${indent}${label}${' '.repeat(width - widthOf(label))}  ${short.replaceAll('\n', `\n${inner}`)}\n`;
  if (isFields(value)) return `${indent}${label}\n${printThing(value, page, inner)}`;
  const items = value.map((item) =>
    isFields(item)
      ? printThing(item, page, `${inner}  `).replace(`${inner}  `, `${inner}- `)
      : `${inner}- ${showShort(item, page)}\n`,
  );
  return `${indent}${label}\n${items.join('')}`;
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || value === undefined || (Array.isArray(value) && value.length === 0);

/** A value in few words; empty for what needs lines of its own. */
function showShort(value: unknown, { format, speech }: Page): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return speech.say(value ? 'yes' : 'no');
  if (typeof value === 'number') return format.number(value, { maximumFractionDigits: 4 } as never);
  if (typeof value === 'string') {
    if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/.test(value)) return format.dateTime(value);
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return format.date(value);
    return clean(value);
  }
  if (Array.isArray(value))
    return value.every((item) => typeof item === 'string') ? value.map((item) => clean(String(item))).join(', ') : '';
  const { kind, value: number, percent, on, parts } = value as Fields;
  if (kind === 'number' && typeof number === 'number') return format.number(number);
  if (kind === 'relative' && typeof percent === 'number') return `${percent > 0 ? '+' : ''}${format.number(percent)} %`;
  if (kind === 'date' && typeof on === 'string') return format.date(on);
  if (Array.isArray(parts) && Object.keys(value as Fields).length === 1 && parts.length === 1)
    return clean(String((parts[0] as Fields | undefined)?.['text'] ?? ''));
  return '';
}

const cut = (text: string): string => {
  // An address is of no use when it is cut.
  if (/^https?:\/\/\S+$/.test(text)) return text;
  const line = text.replaceAll(/\s+/g, ' ');
  const letters = [...new Intl.Segmenter().segment(line)].map(({ segment }) => segment);
  return letters.length > MAX_CELL ? `${letters.slice(0, MAX_CELL - 1).join('')}…` : line;
};

/** Cells a text takes in a terminal, near enough: combining signs take none. */
const widthOf = (text: string): number => [...text.replaceAll(/\p{M}/gu, '')].length;

/** A field's name in the person's language, or as the API calls it. */
const nameField = (name: string, { speech }: Page): string =>
  speech.find(`fields.${name}`) ?? name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
