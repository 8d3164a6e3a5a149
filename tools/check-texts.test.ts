import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { languages } from '#contract/terms.ts';
import { checkTexts } from './check-texts.ts';

let root = '';
const texts: Record<string, unknown> = {
  goals: { new: 'Set a goal', left_one: '{{count}} left', left_other: '{{count}} left' },
};
const screen =
  "const { t } = useTranslation();\nexport const A = () => <p>{t('goals.new')}{t('goals.left', { count: 2 })}</p>;\n";

const put = (file: string, content: unknown) => {
  const full = path.join(root, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, typeof content === 'string' ? content : JSON.stringify(content));
};
const putTexts = (language: string, content: unknown) => put(`src/texts/${language}/web.json`, content);

/** A small tree in which nothing is wrong. */
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'check-texts-'));
  put('src/web/a.tsx', screen);
  for (const language of languages) {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const plurals = Object.fromEntries(forms.map((form) => [`left_${form}`, '{{count}} left']));
    putTexts(language, { goals: { new: 'Set a goal', ...plurals } });
    if (language === 'en') continue;
    put(`src/texts/${language}/about.json`, { note: 'Nobody has read this yet.' });
    put(`src/texts/${language}/glossary.json`, { goal: 'goal' });
  }
});
afterEach(() => rmSync(root, { recursive: true }));

describe('the check of texts', () => {
  it('says nothing when all is well', async () => {
    expect(await checkTexts(root)).toEqual([]);
  });

  it('finds a key that English lacks, also a composed one', async () => {
    put('src/web/b.tsx', `const { t } = useTranslation();\nt('goals.gone');\nt(\`absence.\${code}\`);\n`);
    expect((await checkTexts(root)).join('\n')).toMatch(
      /b\.tsx:2: English lacks web:goals\.gone[\s\S]*b\.tsx:3.*absence/,
    );
  });

  it('lets every screen say what the first one says, and the first one nothing that comes later', async () => {
    for (const language of languages) put(`src/texts/${language}/first.json`, { app: { undo: 'Undo' } });
    put('src/web/b.tsx', "const { t } = useTranslation();\nt('app.undo');\n");
    expect(await checkTexts(root)).toEqual([]);
    put('src/web/b.tsx', "const { t } = useTranslation('first');\nt('app.undo');\nt('goals.new');\n");
    expect(await checkTexts(root)).toEqual(['src/web/b.tsx:3: English lacks first:goals.new']);
  });

  it('finds an English text that nobody asks for', async () => {
    putTexts('en', { ...texts, old: 'Old' });
    expect((await checkTexts(root)).join('\n')).toContain('nobody asks for "old"');
  });

  it('finds words written into a component, as text or in an attribute that is read aloud', async () => {
    put('src/web/b.tsx', "export const B = () => <a aria-label=\"Close it\">{isOpen ? 'Shut' : 'Open'} Hello</a>;\n");
    const problems = (await checkTexts(root)).join('\n');
    for (const words of ['Close it', 'Shut', 'Open', 'Hello']) expect(problems).toContain(`"${words}"`);
  });

  it('finds a language that lacks a text, has one too many, or fills other gaps', async () => {
    putTexts('eo', { goals: { left_one: '{{number}} restas', left_other: '{{number}} restas' }, extra: 'Kroma' });
    const problems = (await checkTexts(root)).join('\n');
    expect(problems).toContain('web (eo): lacks "goals.new"');
    expect(problems).toContain('web (eo): has "extra"');
    expect(problems).toContain('differs from English in {{number}}');
  });

  it('finds a plural form that a language needs and lacks, or has and does not use', async () => {
    putTexts('eo', { goals: { new: 'Nova celo', left_other: '{{count}} restas' } });
    putTexts('th', { goals: { new: 'ตั้งเป้าหมาย', left_one: 'เหลือ {{count}}', left_other: 'เหลือ {{count}}' } });
    const problems = (await checkTexts(root)).join('\n');
    expect(problems).toContain('web (eo): lacks the plural "goals.left_one"');
    expect(problems).toContain('web (th): has "goals.left_one", a plural that the language does not use');
  });

  it('finds a status word that is not the one the glossary decided on', async () => {
    const status = { ...texts, goalStatus: { reached: 'Reached' } };
    put('src/web/b.tsx', `const { t } = useTranslation();\nt(\`goalStatus.\${status}\`);\n`);
    for (const language of languages) putTexts(language, status);
    put('src/texts/eo/glossary.json', { reached: 'atingita' });
    expect(await checkTexts(root)).toContain('glossary (eo): "goalStatus.reached" is "Reached" and not "atingita"');
  });
});
