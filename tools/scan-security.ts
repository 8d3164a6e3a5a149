import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runSqlmap, runWapiti } from './scan/run-scanners.ts';
import { type Seeded, seedScan } from './scan/seed-scan.ts';
import { type Scanned, startScanned } from './scan/start-scanned.ts';
import { type ScanRequest, writeRequests } from './scan/write-requests.ts';

// Starts a Goalpost on loopback and lets wapiti and sqlmap at it as somebody who is signed in. Both must be installed
// (Debian: apt-get install sqlmap wapiti). Ends with 1 when they find something or a call meets a bug.
// `node tools/scan-security.ts [FOLDER] [--only NAME] [--without sqlmap|wapiti] [--level N]`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, without: { type: 'string' }, level: { type: 'string', default: '2' } },
});
const folder = positionals[0] ?? mkdtempSync(path.join(tmpdir(), 'goalpost-scan-report-'));
mkdirSync(folder, { recursive: true });
const lines: string[] = [];
const say = (line: string) => {
  lines.push(line);
  console.log(line);
};

const scanned = await startScanned();
try {
  const seeded = await seedScan(scanned.url);
  const { only } = values;
  const requests = writeRequests(seeded).filter(({ name }) => only === undefined || name.startsWith(only));
  const findings = [
    ...(values.without === 'wapiti' ? [] : await scanWeb(scanned, seeded, requests)),
    ...(values.without === 'sqlmap' ? [] : await scanOperations(scanned, requests)),
  ];
  tellAnswers(scanned);
  say(`Reports are in ${folder}`);
  process.exitCode = findings.length + scanned.bugs().length === 0 ? 0 : 1;
} finally {
  await scanned.stop();
  writeFileSync(path.join(folder, 'summary.txt'), `${lines.join('\n')}\n`);
}

async function scanWeb({ url }: Scanned, seeded: Seeded, requests: readonly ScanRequest[]): Promise<string[]> {
  const starts = [
    ...requests
      .filter(({ method, name }) => method === 'GET' && name !== 'headers')
      .map(({ target }) => `${url}${target.replaceAll('*', '')}`),
    ...['/api/docs', '/api/openapi.json', `/p/${seeded.pageAddress}`, '/health', '/sign-in'].map((at) => url + at),
  ];
  const web = await runWapiti(url, seeded, { folder: path.join(folder, 'wapiti'), starts, limitMs: 1_200_000 });
  const known = `${web.suspicions} that are right as they are`;
  say(`wapiti: ${starts.length} addresses to begin with, ${web.findings.length} findings beside ${known}`);
  say(`wapiti: what it lured into calling back: ${web.calledBack}`);
  for (const finding of web.findings) say(`  ${finding}`);
  return [...web.findings, ...(web.calledBack > 0 ? ['called back'] : [])];
}

async function scanOperations({ url }: Scanned, requests: readonly ScanRequest[]): Promise<string[]> {
  const options = { folder: path.join(folder, 'sqlmap'), level: Number(values.level), say };
  const verdicts = await runSqlmap(url, requests, options);
  const [places, suspicions] = [
    verdicts.reduce((sum, it) => sum + it.places, 0),
    verdicts.reduce((sum, it) => sum + it.suspicions, 0),
  ];
  say(`sqlmap: ${verdicts.length} requests, ${places} places, ${suspicions} suspicions that it took back itself`);
  const cut = verdicts.filter(({ cutShort }) => cutShort).map(({ name }) => name);
  if (cut.length > 0) say(`sqlmap: cut short: ${cut.join(', ')}`);
  return verdicts.flatMap(({ findings }) => findings);
}

function tellAnswers(of: Scanned): void {
  const answers = [...of.answers()].sort(([a], [b]) => a.localeCompare(b));
  const count = (end: string) =>
    answers.filter(([what]) => what.endsWith(end)).reduce((sum, [, times]) => sum + times, 0);
  say(`${count('')} requests answered, ${count('→ 429')} of them one too many; ${of.bugs().length} bugs in the log`);
  for (const bug of of.bugs().slice(0, 50)) say(`  ${bug}`);
  writeFileSync(path.join(folder, 'answers.txt'), answers.map(([what, times]) => `${times}\t${what}\n`).join(''));
}
