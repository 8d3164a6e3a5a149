import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import type { Seeded } from './seed-scan.ts';
import type { ScanRequest } from './write-requests.ts';

/** What one scanner said of one request. */
export interface Verdict {
  name: string;
  /** What it tried: marked places, or pages. */
  places: number;
  findings: string[];
  /** What it took for a finding at first and then itself for none. */
  suspicions: number;
  /** It did not come to its end in its time. */
  cutShort: boolean;
}

const SQLMAP_LIMIT_MS = 240_000;
/** Answers that are no reason for the scanner to give up. */
const answersToGoOn = [400, 401, 403, 404, 405, 409, 413, 415, 421, 422, 500, 503].join(',');

/** Gives each request to sqlmap, two at a time. */
export async function runSqlmap(
  url: string,
  requests: readonly ScanRequest[],
  { folder, level, say }: { folder: string; level: number; say: (line: string) => void },
): Promise<Verdict[]> {
  mkdirSync(folder, { recursive: true });
  const waiting = [...requests];
  const verdicts: Verdict[] = [];
  const work = async () => {
    for (let request = waiting.shift(); request; request = waiting.shift()) {
      const startedAt = performance.now();
      const verdict = await sqlmapOne(url, request, { folder, level });
      verdicts.push(verdict);
      const seconds = Math.round((performance.now() - startedAt) / 1000);
      const said =
        verdict.findings.length > 0
          ? verdict.findings.join('; ')
          : `nothing${verdict.suspicions > 0 ? `, ${verdict.suspicions} taken back` : ''}`;
      say(
        `sqlmap ${request.name}: ${verdict.places} places, ${said}${verdict.cutShort ? ' (cut short)' : ''}, ${seconds} s`,
      );
    }
  };
  await Promise.all([work(), work()]);
  return verdicts;
}

async function sqlmapOne(
  url: string,
  request: ScanRequest,
  { folder, level }: { folder: string; level: number },
): Promise<Verdict> {
  const file = path.join(folder, `${request.name}.txt`);
  const headers = { host: new URL(url).host, origin: url, ...request.headers };
  const lines = [
    `${request.method} ${request.target} HTTP/1.1`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  writeFileSync(file, `${lines.join('\r\n')}\r\n\r\n${request.body ?? ''}`);
  const words = [
    ...['-r', file, '--batch', `--level=${level}`, '--risk=1', '--dbms=PostgreSQL', '--threads=4'],
    ...[
      `--ignore-code=${answersToGoOn}`,
      '--disable-coloring',
      '--flush-session',
      '--timeout=20',
      '--retries=1',
      '--ignore-stdin',
    ],
    ...[`--output-dir=${path.join(folder, request.name)}`],
  ];
  const { output, cutShort } = await run('sqlmap', words, SQLMAP_LIMIT_MS);
  writeFileSync(path.join(folder, `${request.name}.log`), output);
  const findings = output
    .split('\n')
    .filter((line) => / is vulnerable|identified the following injection point|^ {4}(Type|Payload): /.test(line));
  const tried = new Set([...output.matchAll(/testing for SQL injection on (.+)/g)].map(([, place]) => place));
  const suspicions = output.match(/false positive or unexploitable/g)?.length ?? 0;
  return { name: request.name, places: tried.size, findings, suspicions, cutShort };
}

/** What wapiti is asked to try; those modules that only count files or ask the outside are left out. */
const modules = [
  'blindsql,sql,xss,permanentxss,exec,file,crlf,redirect,ssrf,xxe,shellshock,htaccess,methods,backup',
  'csp,http_headers,cookieflags,csrf',
].join(',');

const AGENT = 'wapiti';

/** What is right as it is, and wapiti names all the same. */
const known = [
  // Browsers no longer heed it, or hold themselves to the policy's frame-ancestors instead.
  'X-XSS-Protection is not set',
  'X-Frame-Options is not set',
  // It is set on https; on http it means nothing.
  'Strict-Transport-Security is not set',
];

/** Lets wapiti go over the product as the signed-in person, from every address that can be read. */
export async function runWapiti(
  url: string,
  seeded: Seeded,
  { folder, starts, limitMs }: { folder: string; starts: readonly string[]; limitMs: number },
): Promise<Verdict & { report: string; calledBack: number }> {
  mkdirSync(folder, { recursive: true });
  const report = path.join(folder, 'wapiti.json');
  // Whoever is lured into calling out calls here, and nowhere else; wapiti itself asks here who has.
  let calledBack = 0;
  const ear = createServer(({ headers }, answer) => {
    if (headers['user-agent'] !== AGENT) calledBack += 1;
    answer.end('{}');
  });
  await new Promise<void>((resolve) => ear.listen(0, '127.0.0.1', resolve));
  const at = ear.address();
  const endpoint = `http://127.0.0.1:${typeof at === 'object' && at ? at.port : 0}/`;
  try {
    const words = [
      ...[
        '-u',
        `${url}/`,
        '--scope',
        'domain',
        '-m',
        modules,
        '-A',
        AGENT,
        '-H',
        `Cookie: ${seeded.cookie}`,
        '-f',
        'json',
        '-o',
        report,
      ],
      ...starts.flatMap((start) => ['-s', start]),
      ...['--endpoint', endpoint, '--no-bugreport', '--flush-session', '-t', '20'],
      ...['--store-session', path.join(folder, 'session'), '--store-config', path.join(folder, 'config')],
      ...['--max-scan-time', '180', '--max-attack-time', '150', '-v', '1'],
    ];
    const { output, cutShort } = await run('wapiti', words, limitMs);
    writeFileSync(path.join(folder, 'wapiti.log'), output);
    return { ...readReport(report), cutShort, report, calledBack };
  } finally {
    ear.close();
  }
}

function readReport(file: string): Omit<Verdict, 'cutShort'> {
  const { vulnerabilities, anomalies, infos } = JSON.parse(readFileSync(file, 'utf8')) as {
    vulnerabilities: Record<string, { info: string; path: string; parameter: string; method: string }[]>;
    anomalies: Record<string, { info: string; path: string; parameter: string; method: string }[]>;
    infos: { crawled_pages_nbr?: number };
  };
  const findings = Object.entries({ ...vulnerabilities, ...anomalies }).flatMap(([kind, each]) =>
    each.map(({ info, path: at, parameter, method }) => `${kind}: ${method} ${at} ${parameter ?? ''} ${info}`),
  );
  const [named, rest] = [true, false].map((wanted) =>
    findings.filter((finding) => known.some((words) => finding.endsWith(words)) === wanted),
  );
  return { name: 'wapiti', places: infos.crawled_pages_nbr ?? 0, findings: rest ?? [], suspicions: named?.length ?? 0 };
}

function run(
  program: string,
  words: readonly string[],
  limitMs: number,
): Promise<{ output: string; cutShort: boolean }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    let cutShort = false;
    const limit = setTimeout(() => {
      cutShort = true;
      child.kill('SIGKILL');
    }, limitMs);
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(limit);
      resolve({ output, cutShort });
    });
  });
}
