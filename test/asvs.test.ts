import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';

const root = path.join(import.meta.dirname, '..');

/** OWASP ASVS 5.0.0: the requirements of levels 1 and 2 in the chapters that are mapped; a star marks level 1. */
const required: Record<string, string> = {
  'V1.1': '1 2',
  'V1.2': '1* 2* 3* 4* 5* 6 7 8 9',
  'V1.3': '1* 2* 3 4 5 6 7 8 9 10 11',
  'V1.4': '1 2 3',
  'V1.5': '1* 2',
  'V2.1': '1* 2 3',
  'V2.2': '1* 2* 3',
  'V2.3': '1* 2 3 4',
  'V2.4': '1',
  'V3.2': '1* 2*',
  'V3.3': '1* 2 3 4',
  'V3.4': '1* 2* 3 4 5 6',
  'V3.5': '1* 2* 3* 4 5',
  'V3.7': '1 2',
  'V4.1': '1* 2 3',
  'V4.2': '1',
  'V4.3': '1 2',
  'V4.4': '1* 2 3 4',
  'V6.1': '1* 2 3',
  'V6.2': '1* 2* 3* 4* 5* 6* 7* 8* 9 10 11 12',
  'V6.3': '1* 2* 3 4',
  'V6.4': '1* 2* 3 4',
  'V6.5': '1 2 3 4 5',
  'V6.6': '1 2 3',
  'V6.8': '1 2 3 4',
  'V7.1': '1 2 3',
  'V7.2': '1* 2* 3* 4*',
  'V7.3': '1 2',
  'V7.4': '1* 2* 3 4 5',
  'V7.5': '1 2',
  'V7.6': '1 2',
  'V8.1': '1* 2',
  'V8.2': '1* 2* 3',
  'V8.3': '1*',
  'V8.4': '1',
  'V11.1': '1 2',
  'V11.2': '1 2 3',
  'V11.3': '1* 2* 3',
  'V11.4': '1* 2 3 4',
  'V11.5': '1',
  'V11.6': '1',
};

const place = { id: z.string(), level: z.literal([1, 2]), note: z.string().optional() };
const Requirement = z.discriminatedUnion('status', [
  z.strictObject({
    ...place,
    status: z.literal('met'),
    tests: z.array(z.strictObject({ file: z.string(), name: z.string() })).min(1),
  }),
  z.strictObject({
    ...place,
    status: z.literal('by-design'),
    where: z.array(z.string()).min(1),
    why: z.string().min(5),
  }),
  z.strictObject({ ...place, status: z.literal('open'), why: z.string().min(5) }),
  z.strictObject({ ...place, status: z.literal('not-applicable'), why: z.string().min(5) }),
]);
type Requirement = z.infer<typeof Requirement>;

const { requirements } = z
  .object({ requirements: z.array(Requirement) })
  .parse(JSON.parse(readFileSync(path.join(root, 'docs/asvs.json'), 'utf8')));

test('every requirement of the mapped chapters has an answer, in its place and with its level', () => {
  const wanted = Object.entries(required).flatMap(([section, numbers]) =>
    numbers.split(' ').map((number) => `${section}.${number.replace('*', '')} ${number.endsWith('*') ? 1 : 2}`),
  );
  expect(requirements.map(({ id, level }) => `${id} ${level}`)).toEqual(wanted);
});

describe('what an answer points to', () => {
  it.each(requirements.filter((it) => it.status === 'met'))('is a test: $id', ({ tests }) => {
    for (const { file, name } of tests) {
      expect(existsSync(path.join(root, file)), file).toBe(true);
      expect(listTests(file), file).toContain(name);
    }
  });

  it.each(requirements.filter((it) => it.status === 'by-design'))('is a place: $id', ({ where }) => {
    for (const file of where) expect(existsSync(path.join(root, file)), file).toBe(true);
  });
});

/** Names of the tests in a file, as they are written there; those of tables with their placeholders. */
function listTests(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const names = text.matchAll(/^\s*(?:it|test|\}?\]?\)?)(?:\.each\(.*\))?\(\s*(['"`])((?:(?!\1).)+)\1,/gm);
  return [...names].map(([, , name = '']) => name);
}

test('docs/security-asvs.md says what docs/asvs.json says (vitest -u writes it)', async () => {
  const words = { met: 'met', 'by-design': 'by design', open: '**open**', 'not-applicable': 'not applicable' } as const;
  const count = (status: Requirement['status']) => requirements.filter((it) => it.status === status).length;
  const rows = requirements.map((it) => `| ${it.id} | ${it.level} | ${words[it.status]} | ${shapeAnswer(it)} |`);
  const text = [
    '# The ASVS, requirement by requirement',
    '',
    'Printed from [asvs.json](asvs.json); a test keeps it true, and sees to it that every test and file named here is there. The requirements are those of the OWASP Application Security Verification Standard 5.0.0, levels 1 and 2: encoding (V1), validation (V2), the browser (V3), API (V4), authentication (V6), sessions (V7), access (V8), cryptography (V11). Their words are at [owasp.org](https://owasp.org/www-project-application-security-verification-standard/).',
    '',
    `Of ${requirements.length}: ${count('met')} **met**, each by a test that fails when it is not; ${count('by-design')} held **by design**, at the place named; ${count('open')} **open**; ${count('not-applicable')} **not applicable**, because there is no such thing here.`,
    '',
    '## Open',
    '',
    ...requirements.flatMap((it) => (it.status === 'open' ? [`- **${it.id}** (level ${it.level}): ${it.why}`] : [])),
    '',
    '## All',
    '',
    '| requirement | level | | by what |',
    '| --- | :-: | --- | --- |',
    ...rows,
    '',
  ].join('\n');
  await expect(text).toMatchFileSnapshot('../docs/security-asvs.md');
});

function shapeAnswer(requirement: Requirement): string {
  const parts =
    requirement.status === 'met'
      ? requirement.tests.map(({ file, name }) => `\`${file}\`: ${name}`)
      : requirement.status === 'by-design'
        ? [requirement.why, ...requirement.where.map((file) => `\`${file}\``)]
        : [requirement.why];
  return [...parts, ...(requirement.note ? [requirement.note] : [])].join('<br>').replaceAll('|', '\\|');
}
