/** Consonants as they sound before a vowel and at the end of a syllable, by the Royal Institute's general way. */
const consonants: Readonly<Record<string, readonly [first: string, last: string]>> = Object.fromEntries(
  [
    'ก k k',
    'ข kh k',
    'ฃ kh k',
    'ค kh k',
    'ฅ kh k',
    'ฆ kh k',
    'ง ng ng',
    'จ ch t',
    'ฉ ch t',
    'ช ch t',
    'ซ s t',
    'ฌ ch t',
    'ญ y n',
    'ฎ d t',
    'ฏ t t',
    'ฐ th t',
    'ฑ th t',
    'ฒ th t',
    'ณ n n',
    'ด d t',
    'ต t t',
    'ถ th t',
    'ท th t',
    'ธ th t',
    'น n n',
    'บ b p',
    'ป p p',
    'ผ ph p',
    'ฝ f p',
    'พ ph p',
    'ฟ f p',
    'ภ ph p',
    'ม m m',
    'ย y i',
    'ร r n',
    'ล l n',
    'ว w o',
    'ศ s t',
    'ษ s t',
    'ส s t',
    'ห h h',
    'ฬ l n',
    'อ  o',
    'ฮ h h',
  ].map((line) => {
    const [letter = '', first = '', last = ''] = line.split(' ');
    return [letter, [first, last]];
  }),
);

const C = '[ก-ฮ]';
/** Two consonants that sound together before a vowel. */
const CLUSTER = '(?:[กขคตปพผท]ร|[กขคปผพ]ล|[กขค]ว|ห[งญนมยรลว])';
const START = `(${CLUSTER}|${C})`;
/** A consonant that ends a syllable: nothing that carries a vowel follows it. */
const END = `(${C})(?![ะ-ูำ็])`;

/** Shapes of a syllable, the longest first, with the vowel that they write around their consonants. */
const shapes: readonly [RegExp, vowel: string][] = [
  [`เ${START}ียะ?`, 'ia'],
  [`เ${START}ือะ?`, 'uea'],
  [`เ${START}าะ`, 'o'],
  [`เ${START}า`, 'ao'],
  [`เ${START}อะ?`, 'oe'],
  [`เ${START}ิ`, 'oe'],
  [`เ${START}ย`, 'oei'],
  [`[เ]${START}[ะ็]?`, 'e'],
  [`แ${START}[ะ็]?`, 'ae'],
  [`โ${START}ะ?`, 'o'],
  [`[ใไ]${START}ย?`, 'ai'],
  [`${START}ัวะ?`, 'ua'],
  [`${START}ัย`, 'ai'],
  [`${START}ั`, 'a'],
  [`${START}รร`, 'a'],
  [`${START}ว(?=${C}(?![ะ-ูำ็]))`, 'ua'],
  [`${START}[าะ]`, 'a'],
  [`${START}ำ`, 'am'],
  [`${START}[ิี]`, 'i'],
  [`${START}[ึื]อ?`, 'ue'],
  [`${START}[ุู]`, 'u'],
  [`${START}็?อ`, 'o'],
].map(([shape = '', vowel = '']) => [new RegExp(`^${shape}`), vowel]);

const opening = new RegExp(`^(${CLUSTER}|${C})`);
const ending = new RegExp(`^${END}`);

/** Thai letters in Latin ones, by sound as well as spelling tells; tones are left out. One word at a time. */
export function romanizeThai(word: string): string {
  // Tone marks, and letters that are silent.
  let rest = word.replace(/[ก-ฮ][ิุ]?์/g, '').replace(/[่-ฺ๋ๆฯ]/g, '');
  let written = '';
  while (rest !== '') {
    const syllable = takeSyllable(rest) ?? takeBare(rest);
    written += syllable.written;
    rest = rest.slice(syllable.length);
  }
  return written;
}

interface Syllable {
  written: string;
  length: number;
}

function takeSyllable(text: string): Syllable | null {
  for (const [shape, vowel] of shapes) {
    const found = shape.exec(text);
    if (!found) continue;
    const [whole, start = ''] = found;
    const end = takesEnd(vowel) ? ending.exec(text.slice(whole.length)) : null;
    const last = end && !isNextStart(text.slice(whole.length)) ? end[0] : '';
    return { written: sound(start) + vowel + lastSound(last), length: whole.length + last.length };
  }
  return null;
}

const takesEnd = (vowel: string): boolean => !['ai', 'ao', 'am', 'oei'].includes(vowel);

/** The consonant that follows begins a syllable of its own: two consonants without a vowel, and no third. */
const isNextStart = (text: string): boolean => new RegExp(`^${CLUSTER}[ะ-ู]`).test(text);

/** Consonants without a written vowel: two sound with an o between, one more before them with an a. */
function takeBare(text: string): Syllable {
  const run = /^[ก-ฮ]+(?![ะ-ูำ็])/.exec(text)?.[0] ?? '';
  if (run.length === 2) return { written: `${sound(run.slice(0, 1))}o${lastSound(run.slice(1))}`, length: 2 };
  if (run.length > 2 && run.length % 2 === 0)
    return { written: `${sound(run.slice(0, 1))}o${lastSound(run.slice(1, 2))}`, length: 2 };
  const first = opening.exec(text) ? text.slice(0, 1) : '';
  if (first === '') return { written: text.slice(0, 1).replace(/[฀-๿]/g, ''), length: 1 };
  return { written: `${sound(first)}${text.length === 1 ? '' : 'a'}`, length: 1 };
}

function sound(start: string): string {
  const letters = start.length > 1 && start.startsWith('ห') ? start.slice(1) : start;
  return [...letters].map((letter) => consonants[letter]?.[0] ?? '').join('');
}

const lastSound = (letter: string): string => consonants[letter]?.[1] ?? '';
