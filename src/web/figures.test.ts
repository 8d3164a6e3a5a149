import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

/**
 * Every number that the interface writes, by file, and how it can be opened. What stands in a `Figure` opens what it is
 * made of; what does not is here with the reason, and with nothing else.
 */
const plain: Record<string, Record<string, string>> = {
  'features/analytics/evidence': { '*': 'Stands in the drawer: it is the figure that was opened, or its last piece.' },
  'features/analytics/goal-trend.tsx': {
    '*': 'Written into the drawing, over which each point is a figure of its day.',
  },
  'features/analytics/use-way-words.ts': { '*': 'Says the bar, beside the figure itself.' },
  'features/strategy/goal-sentence.ts': { '*': 'A target somebody set, not a figure of what happened.' },
  'features/channels/channels-screen.tsx': { cadencePerWeek: 'What somebody set, not what happened.' },
  'features/channels/register-form.tsx': { usual: 'A proposal, with its reason beside it.' },
  'features/onboarding': { '*': 'Proposals, each with how it was reckoned beside it.' },
  'features/publishing/compose/counters.tsx': {
    left: 'Letters of the text in front of the writer.',
    '-left': 'The same.',
  },
  'features/publishing/compose/use-problem-words.ts': { '*': 'How far a text is over a limit.' },
  'features/publishing/compose/what-fits.tsx': { '*': 'Limits of the networks, from their manifests.' },
  'features/publishing/compose/pictures/on-their-way.tsx': { share: 'How much of a file has gone.' },
  'features/publishing/compose/renditions/what-goes-out.tsx': {
    '*': 'Size of a file in front of the writer, and how much of it is converted.',
  },
  'features/publishing/quota-lines.tsx': {
    '*': 'Counts what is planned in front of the reader against a network’s limit.',
  },
  'features/publishing/deliveries/look-yourself.tsx': { 'part.position + 1': 'Which part of a thread it is.' },
  'features/publishing/deliveries/decide-all.tsx': { '*': 'Counts the list below it, about which it asks.' },
  'features/publishing/status/choose-sentence.ts': {
    '*': 'Says the figures below it, each of which can be opened.',
  },
  'lib/evidence.ts': { '*': 'Names of counts, no numbers.' },
  'lib/use-late-words.ts': { '*': 'Words for the figures that use it.' },
  'features/publishing/calendar': { '*': 'Counts what is planned in front of the reader, against what was set.' },
  'features/publishing/posts-serving.tsx': { 'items.length': 'Counts the list in front of the reader.' },
  'features/publishing/share': { '*': 'Counts the pictures in front of the reader.' },
  'app/shell/device-notes.tsx': { '*': 'Counts words that are on this device only.' },
  'features/operator/installation-screen.tsx': {
    '*': 'Of the installation, across workspaces: who runs it may count them and not look into them.',
  },
  'features/team': { '*': 'Numbers of lines in the log, which stand beside it, and spans that are chosen.' },
  'features/today/suggestions.tsx': { more: 'Suggestions that come up when others are done.' },
  'features/today/use-suggestion-words.ts': {
    '*': 'A reason; the card leads to the place where the figures can be opened.',
  },
  'features/today/going-out.tsx': { more: 'Is itself the link to the list.' },
  'features/today/standing-goals.tsx': {
    more: 'Is itself the link to the list.',
    daysLeft: 'Days until a date that was set.',
  },
  'features/notices': { '*': 'Counts events of one notice, which leads to them.' },
  'app/shell/health-banner.tsx': { '*': 'Leads to the deliveries that it counts.' },
  'app/shell/workspace-switcher.tsx': { '*': 'Counts the list in front of the reader.' },
};

const root = import.meta.dirname;
const files = globSync('{features,app,ui,lib}/**/*.{ts,tsx}', { cwd: root }).filter((it) => !it.includes('.test.'));
/** A number made readable, or handed to a text that counts. */
const writes = /format\.(?:number|percent)\(\s*([^,()]+(?:\([^()]*\))?)|\bcount: (?!number;|DayCount)([^,}\n]+)/g;

/** The numbers of a file that stand in no `Figure`. */
function findPlain(file: string): string[] {
  const source = readFileSync(path.join(root, file), 'utf8').replace(/<Figure\b[\s\S]*?<\/Figure>/g, '');
  return [...source.matchAll(writes)].map(([, number, count]) => (number ?? count ?? '').trim());
}

const reasonsOf = (file: string) =>
  plain[Object.keys(plain).find((it) => file === it || file.startsWith(`${it}/`)) ?? ''];

it('is opened by every number of the interface that says what happened', () => {
  const unopened = files.flatMap((file) =>
    findPlain(file)
      .filter((number) => !reasonsOf(file)?.['*'] && !reasonsOf(file)?.[number])
      .map((number) => `${file}: ${number}`),
  );
  expect(unopened).toEqual([]);
});

it('is still needed, each reason why a number is not opened', () => {
  const idle = Object.entries(plain).flatMap(([place, reasons]) => {
    const numbers = files.filter((it) => it === place || it.startsWith(`${place}/`)).flatMap(findPlain);
    return Object.keys(reasons)
      .filter((it) => (it === '*' ? numbers.length === 0 : !numbers.includes(it)))
      .map((it) => `${place}: ${it}`);
  });
  expect(idle).toEqual([]);
});

it('names a figure of every screen that has one', () => {
  const screens = [
    'features/today/standing-goals.tsx',
    'features/analytics/goal-figure.tsx',
    'features/analytics/goal-standing.tsx',
    'features/page/own-page-sheet.tsx',
    'features/publishing/compose/serves-field.tsx',
    'features/publishing/deliveries/delivery-line.tsx',
    'features/publishing/deliveries/ledger-days.tsx',
    'features/publishing/status/by-channel.tsx',
    'features/publishing/status/how-late.tsx',
    'features/publishing/status/how-sure.tsx',
    'features/publishing/status/what-became.tsx',
    'features/publishing/status/what-waits.tsx',
    'features/strategy/goal-facts.tsx',
    'features/strategy/objective-ranks.tsx',
    'ui/trend-chart.tsx',
  ];
  const withFigures = files.filter((it) => /<Figure\b/.test(readFileSync(path.join(root, it), 'utf8')));
  expect(withFigures.filter((it) => !it.startsWith('features/analytics/evidence/')).toSorted()).toEqual(
    screens.toSorted(),
  );
});
