import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingNames } from '#server/platform/config/settings.ts';

const root = path.join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

const documents = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', { cwd: root })];
/** What an operator copies to a machine. */
const shipped = ['Dockerfile', '.dockerignore', 'compose.yaml', ...globSync('deploy/*', { cwd: root })];

/** What is no setting of the product but of the command line, of the tests, of the proxy beside it. */
const otherNames = ['SERVER', 'WORKSPACE', 'API_KEY', 'TEST_DATABASE_URL', 'DOMAIN', 'UPSTREAM'];

/** The words of a document without what stands in blocks and spans of code. */
const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');

/** Every address a document leads to: links, pictures, sources of pictures. */
function findAddresses(text: string): string[] {
  const prose = withoutCode(text);
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, address = '']) => address);
  const pictures = [...prose.matchAll(/\b(?:src|srcset)="([^"]+)"/g)].map(([, address = '']) => address);
  return [...links, ...pictures].filter((address) => !/^(https?:|mailto:)/.test(address));
}

/** What a heading is called in an address, by the rule of the forges. */
const anchorsOf = (text: string) =>
  [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** Every text of the English interface. */
function readTexts(): Set<string> {
  const texts = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === 'string') texts.add(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  for (const file of globSync('src/texts/en/*.json', { cwd: root })) collect(JSON.parse(read(file)));
  return texts;
}

describe.for(documents)('%s', (document) => {
  const text = read(document);

  it('leads nowhere that is not there', () => {
    const lost = findAddresses(text).filter((address) => {
      const [file = '', anchor] = address.split('#');
      const target = file === '' ? document : path.join(path.dirname(document), file);
      if (!existsSync(path.join(root, target))) return true;
      return anchor !== undefined && target.endsWith('.md') && !anchorsOf(read(target)).includes(anchor);
    });
    expect(lost).toEqual([]);
  });

  it('names only commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...text.matchAll(/\bnpm (?:run (?:-s )?([a-z][\w-]*)|(start|test)\b)/g)];
    expect(named.map(([, run, short]) => run ?? short ?? '').filter((name) => !(name in scripts))).toEqual([]);
    const files = [...text.matchAll(/\bnode ((?:tools|e2e|src|bench)\/[\w./-]+\.(?:ts|mjs|cjs))/g)];
    expect(files.map(([, file = '']) => file).filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });

  it('names only settings that exist', () => expect(findStrangeSettings(text)).toEqual([]));
});

describe('what is copied to a machine', () => {
  it.for(shipped)('%s names only settings that exist', (file) => {
    expect(findStrangeSettings(read(file))).toEqual([]);
  });

  it('the image is made of files that are here, and runs what is here', () => {
    const copied = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files = '']) =>
      files.split(' '),
    );
    expect(copied.length).toBeGreaterThan(5);
    expect(copied.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
    const main = 'src/server/entry/main.ts';
    for (const file of ['Dockerfile', 'deploy/goalpost.service']) expect(read(file)).toContain(main);
    expect(existsSync(path.join(root, main))).toBe(true);
  });

  it('nothing of the image that is taken out after the build is wanted by server or command line', () => {
    const removed = [...read('Dockerfile').matchAll(/node_modules\/(@?[a-z]+)\*?(?=[\s\\])/g)].map(([, it = '']) => it);
    expect(removed).toContain('@tabler');
    const sources = globSync(['src/{server,cli,contract,format,practice}/**/*.ts', 'src/connectors/**/*.ts'], {
      cwd: root,
      exclude: (file) => /\.test\.ts$|\/web\//.test(file),
    });
    const wants = sources.filter((file) =>
      removed.some((name) => ['/', "'"].some((end) => read(file).includes(`from '${name}${end}`))),
    );
    expect(wants).toEqual([]);
  });
});

it('the first week names what stands on the screen, letter by letter', () => {
  const texts = readTexts();
  const named = [...read('docs/first-week.md').matchAll(/\*\*([^*]+)\*\*/g)].map(([, it = '']) => it);
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter((it) => !texts.has(it) && !texts.has(it.replace(/\.$/, '')))).toEqual([]);
});

it('every picture has a light and a dark one, and none is heavy', () => {
  const pictures = globSync('docs/pictures/*', { cwd: root });
  expect(pictures.length).toBeGreaterThan(0);
  const other = (file: string) =>
    file.includes('-light.') ? file.replace('-light.', '-dark.') : file.replace('-dark.', '-light.');
  expect(pictures.filter((file) => other(file) === file || !pictures.includes(other(file)))).toEqual([]);
  expect(pictures.filter((file) => statSync(path.join(root, file)).size > 150_000)).toEqual([]);
});

function findStrangeSettings(text: string): string[] {
  const known = new Set<string>([...settingNames, ...otherNames]);
  const named = [...text.matchAll(/GOALPOST_([A-Z][A-Z0-9_]*[A-Z0-9])(?!…|_…)/g)].map(([, name = '']) => name);
  return [...new Set(named)].filter((name) => !known.has(name));
}
