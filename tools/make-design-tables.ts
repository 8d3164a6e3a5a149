import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { languages } from '#contract/terms.ts';

const home = path.join(import.meta.dirname, '..');
const tokensFile = path.join(home, 'src/web/ui/theme/tokens.css');

/** Where the two tables stand, between marks. */
export const designDocFile = path.join(home, 'docs/design.md');

/** A colour laid on another one, and how far apart they must be. */
interface Pair {
  front: string;
  back: string;
  atLeast: number;
}

/** A pair as it is measured, in light and in dark. */
export interface MeasuredPair extends Pair {
  light: number;
  dark: number;
}

const on = (front: string, backs: readonly string[], atLeast: number): Pair[] =>
  backs.map((back) => ({ front, back, atLeast }));
const surfaces = ['paper', 'sheet', 'sheet-quiet'];

/** Every pair of tokens that the interface uses for words, marks and edges of fields. */
const pairs: readonly Pair[] = [
  ...on('ink', [...surfaces, 'field'], 7),
  ...on('ink-quiet', [...surfaces, 'field'], 6),
  ...['accent', 'good', 'warn', 'bad'].flatMap((it) => on(it, ['paper', 'sheet', `${it}-quiet`], 4.5)),
  ...on('accent', ['sheet-quiet'], 4.5),
  ...on('ink', ['raised'], 7),
  ...on('accent', ['raised'], 4.5),
  ...on('sheet', ['bad'], 4.5),
  ...on('line-strong', ['paper', 'sheet', 'field'], 3),
];

/** How far apart the colours of each pair are, by the formula of WCAG 2.2 for relative luminance. */
export function measurePairs(): MeasuredPair[] {
  const tokens = readTokens();
  const measure = ({ front, back }: Pair, at: 0 | 1) => {
    const [a, b] = [front, back].map((name) => luminanceOf(tokens.get(name)?.[at] ?? '')) as [number, number];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  return pairs.map((pair) => ({ ...pair, light: measure(pair, 0), dark: measure(pair, 1) }));
}

/** The document with its tables as they are today. */
export function makeDesignDoc(): string {
  const put = (text: string, mark: string, table: string) =>
    text.replace(
      new RegExp(`(<!-- ${mark} -->\n)[\\s\\S]*?(<!-- end -->)`),
      (_, begin: string, end: string) => `${begin}\n${table}\n\n${end}`,
    );
  const text = readFileSync(designDocFile, 'utf8');
  return put(put(text, 'contrast', makeContrastTable()), 'status words', makeWordTable());
}

function makeContrastTable(): string {
  const lines = measurePairs().map(
    ({ front, back, light, dark, atLeast }) =>
      `| ${front} on ${back} | ${light.toFixed(1)} | ${dark.toFixed(1)} | ${atLeast} |`,
  );
  return ['| pair | light | dark | at least |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

const kinds = { goalStatus: 'a goal', postState: 'a post', deliveryState: 'a delivery', channelState: 'a channel' };

function makeWordTable(): string {
  const texts = languages.map((it) => readTexts(it));
  const lines = Object.entries(kinds).flatMap(([kind, of]) =>
    Object.entries(texts[0]?.[kind] ?? {})
      .filter(([, word]) => typeof word === 'string')
      .map(([state]) => `| ${of}: \`${state}\` | ${texts.map((it) => String(it[kind]?.[state])).join(' | ')} |`),
  );
  return [`| state | ${languages.join(' | ')} |`, `| --- |${' --- |'.repeat(languages.length)}`, ...lines].join('\n');
}

function readTexts(language: string): Record<string, Record<string, unknown>> {
  const read = (name: string) =>
    JSON.parse(readFileSync(path.join(home, 'src/texts', language, `${name}.json`), 'utf8'));
  // The words of one state are all in one of the two.
  return { ...read('web'), ...read('first') };
}

function readTokens(): Map<string, [light: string, dark: string]> {
  const found = readFileSync(tokensFile, 'utf8').matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g);
  return new Map([...found].map(([, name = '', light = '', dark = '']) => [name, [light, dark]]));
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance. */
function luminanceOf(colour: string): number {
  const [red = Number.NaN, green = Number.NaN, blue = Number.NaN] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((it) => (it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

if (process.argv[1] === import.meta.filename) writeFileSync(designDocFile, makeDesignDoc());
