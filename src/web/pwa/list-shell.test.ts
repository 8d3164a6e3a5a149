import { expect, test } from 'vitest';
import { type BuiltFile, listShell } from './list-shell.ts';

const built: BuiltFile[] = [
  { file: 'assets/index-1.js', src: 'index.html', isEntry: true, css: ['assets/index-2.css'] },
  { file: 'assets/today-3.js', src: 'app/routes/today.tsx', css: ['assets/today-4.css'] },
  { file: 'assets/th.gen-5.js', src: '../format/words/th.gen.ts' },
  { file: 'assets/web-6.json', src: '../texts/en/web.json' },
  { file: 'assets/web-7.json', src: '../texts/th/web.json' },
  { file: 'assets/th-8.json', src: '../connectors/bluesky/texts/th.json' },
  { file: 'assets/noto-sans-latin-400-normal-9.woff2', src: 'a.woff2' },
  { file: 'assets/noto-sans-thai-thai-400-normal-a.woff2', src: 'b.woff2' },
  { file: 'assets/noto-sans-cyrillic-400-normal-b.woff2', src: 'c.woff2' },
  { file: 'assets/practice-c.js', src: 'app/routes/practice.tsx' },
];

test('everybody keeps code, styles and English; a language’s texts, forms and letters are kept by its readers', () => {
  const shell = listShell(built, ['en', 'th']);
  expect(shell.entry).toBe('/assets/index-1.js');
  expect(shell.always).toEqual([
    '/assets/index-1.js',
    '/assets/index-2.css',
    '/assets/noto-sans-latin-400-normal-9.woff2',
    '/assets/today-3.js',
    '/assets/today-4.css',
    '/assets/web-6.json',
  ]);
  expect(shell.ofLanguage['th']).toEqual([
    '/assets/th.gen-5.js',
    '/assets/web-7.json',
    '/assets/th-8.json',
    '/assets/noto-sans-thai-thai-400-normal-a.woff2',
  ]);
});
