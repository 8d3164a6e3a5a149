import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { checkAudit, listAllWorkspaces } from '#server/features/team/index.ts';
import { type Database, StartRefusal } from '#server/platform/db/index.ts';
import { openInstallation } from './open-installation.ts';
import { type Operate, OperateUsage } from './operate.ts';

/** How one workspace's audit log was found. */
export interface AuditVerdict {
  workspaceId: string;
  name: string;
  whole: boolean;
  lines: number;
  /** First line that does not fit or is missing; null when all do. */
  brokenAt: number | null;
  /** Hash of the last line: kept elsewhere, it also shows a log that was rewritten from its first line to its end. */
  hash: string;
}

/** `goalpost audit verify [--anchor FILE]`: 0 when every log is whole, 1 when one is not. */
export const runAuditVerify: Operate = async ({ args, config, say, json }) => {
  const [flag, anchorFile, ...more] = args;
  if ((flag !== undefined && flag !== '--anchor') || (flag && !anchorFile) || more.length > 0)
    throw new OperateUsage('goalpost audit verify [--anchor FILE] [--json]');
  const { db, close } = await openInstallation(config);
  try {
    const verdicts = await verifyAudit({ db, ...(anchorFile ? { anchorFile } : {}) });
    const whole = verdicts.every((verdict) => verdict.whole);
    if (json) say(JSON.stringify({ whole, workspaces: verdicts }));
    else for (const line of wordVerdicts(verdicts, anchorFile)) say(line);
    return whole ? 0 : 1;
  } finally {
    await close();
  }
};

/**
 * Checks every workspace's audit log from its first line to its last, by a login that sees all of them. `anchorFile`
 * holds where each log ended at earlier runs: those lines must still be the same; when all logs are whole, their ends of
 * now are added to it. A workspace that the file knows and the database does not is broken too.
 */
export async function verifyAudit({ db, anchorFile }: { db: Database; anchorFile?: string }): Promise<AuditVerdict[]> {
  const anchors = anchorFile ? await readAnchors(anchorFile) : [];
  const workspaces = await db.outside(listAllWorkspaces);
  const verdicts: AuditVerdict[] = [];
  for (const { id, name } of workspaces) {
    const known = anchors.filter(({ workspaceId }) => workspaceId === id);
    const finding = await db.inWorkspace(id, (tx) => checkAudit(tx, known));
    verdicts.push({ workspaceId: id, name, ...finding });
  }
  for (const workspaceId of new Set(anchors.map((anchor) => anchor.workspaceId))) {
    if (workspaces.some(({ id }) => id === workspaceId)) continue;
    verdicts.push({ workspaceId, name: '', whole: false, lines: 0, brokenAt: 1, hash: '' });
  }
  if (anchorFile && verdicts.every(({ whole }) => whole)) await addAnchors(anchorFile, anchors, verdicts);
  return verdicts;
}

interface Anchor {
  workspaceId: string;
  number: number;
  hash: string;
}

/** One anchor a line: `workspace number hash`. */
async function readAnchors(file: string): Promise<Anchor[]> {
  if (!existsSync(file)) return [];
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  return lines.map((line, i) => {
    const [, workspaceId = '', number = '', hash = ''] = /^(\S+) (\d+) ([0-9a-f]{64})$/.exec(line.trim()) ?? [];
    if (hash === '')
      throw new StartRefusal(
        `Line ${i + 1} of ${file} is no anchor. Name a file that an earlier run has written, or a new one.`,
      );
    return { workspaceId, number: Number(number), hash };
  });
}

async function addAnchors(file: string, known: readonly Anchor[], verdicts: readonly AuditVerdict[]): Promise<void> {
  const ends = verdicts
    .filter(({ lines }) => lines > 0)
    .map(({ workspaceId, lines, hash }) => ({ workspaceId, number: lines, hash }))
    .filter((end) => !known.some((anchor) => anchor.workspaceId === end.workspaceId && anchor.number === end.number));
  const text = [...known, ...ends]
    .map(({ workspaceId, number, hash }) => `${workspaceId} ${number} ${hash}\n`)
    .join('');
  await writeFile(`${file}.new`, text, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

function wordVerdicts(verdicts: readonly AuditVerdict[], anchorFile: string | undefined): string[] {
  const lines = verdicts.map(({ workspaceId, name, whole, lines: count, brokenAt, hash }) =>
    whole
      ? `whole   ${workspaceId}  ${name}: ${count} lines${hash ? `, ends with ${hash}` : ''}`
      : `BROKEN  ${workspaceId}  ${name}: line ${brokenAt} was changed, or is missing`,
  );
  const broken = verdicts.filter(({ whole }) => !whole).length;
  return [
    ...lines,
    broken > 0
      ? `${broken} of ${verdicts.length} audit logs are not as they were written.`
      : `All ${verdicts.length} audit logs are whole.${anchorFile ? ` Their ends are noted in ${anchorFile}: keep it elsewhere.` : ''}`,
  ];
}
