import { createHash } from 'node:crypto';
import type { Tx } from '#server/platform/db/index.ts';
import type { RecordChange } from '#server/platform/http/index.ts';
import { type AuditLine, writeLine } from './audit-line.rules.ts';
import { findKeptFacts, type HeldHead, insertLines, type KeptLine, lockHead } from './audit-store.ts';

/** A line before it has its place: who, what, to what. */
type NewLine = Omit<AuditLine, 'number' | 'at'>;

/** SHA-256 over a line and the hash of the line before it. */
export const hashLine = (previousHash: string, line: AuditLine): string =>
  createHash('sha256').update(writeLine(previousHash, line)).digest('hex');

/**
 * Writes the next line of the workspace's log in the caller's transaction, and returns whether it did: with
 * `ifAnything` only when that transaction has written something before. The end of the log stays locked until the
 * transaction ends, so this comes last in it.
 */
export async function appendLine(tx: Tx, line: NewLine, { ifAnything }: { ifAnything: boolean }): Promise<boolean> {
  const head = await lockHead(tx, line.workspaceId, { ifAnything });
  if (!head) {
    if (!ifAnything) throw new Error('The workspace has no audit log.');
    return false;
  }
  await insertLines(tx, chain(head, [line]));
  return true;
}

/** Writes a line for each fact that has none yet, in their order. They are of one workspace. */
export async function appendFactLines(tx: Tx, lines: readonly (NewLine & { factId: string })[]): Promise<void> {
  const [first] = lines;
  if (!first) return;
  const head = await lockHead(tx, first.workspaceId, { ifAnything: false });
  if (!head) throw new Error('The workspace has no audit log.');
  // Asked under the lock: whoever hears the same fact meanwhile waits there.
  const kept = await findKeptFacts(
    tx,
    lines.map(({ factId }) => factId),
  );
  const [next, ...others] = lines.filter(({ factId }) => !kept.has(factId));
  if (next) await insertLines(tx, chain(head, [next, ...others]));
}

/** Lines with their places after the head, each made over the one before it. */
function chain(
  { workspaceId, now: at, number, hash }: HeldHead,
  lines: readonly [NewLine, ...NewLine[]],
): [KeptLine, ...KeptLine[]] {
  let previous = hash;
  const place = (line: NewLine, index: number): KeptLine => {
    const placed: AuditLine = { ...line, workspaceId, number: number + 1 + index, at };
    previous = hashLine(previous, placed);
    return { ...placed, hash: previous };
  };
  const [first, ...others] = lines;
  return [place(first, 0), ...others.map((line, index) => place(line, index + 1))];
}

/** How the http layer records what people and their keys change. */
export const recordChange: RecordChange = (tx, { workspaceId, by, action, subject, detail }, { ifAnything }) =>
  appendLine(
    tx,
    {
      workspaceId,
      byKind: by.apiKeyId === null ? 'person' : 'key',
      personId: by.personId,
      keyId: by.apiKeyId,
      action,
      subjectKind: subject?.kind ?? null,
      subjectId: subject?.id ?? null,
      detail,
      factId: null,
    },
    { ifAnything },
  );
