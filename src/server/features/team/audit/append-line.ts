import { createHash } from 'node:crypto';
import type { Tx } from '#server/platform/db/index.ts';
import type { RecordChange } from '#server/platform/http/index.ts';
import { type AuditLine, writeLine } from './audit-line.rules.ts';
import { insertLine, lockHead } from './audit-store.ts';

/** A line before it has its place: who, what, to what. */
type NewLine = Omit<AuditLine, 'number' | 'at'>;

/** SHA-256 over a line and the hash of the line before it. */
export const hashLine = (previousHash: string, line: AuditLine): string =>
  createHash('sha256').update(writeLine(previousHash, line)).digest('hex');

/**
 * Writes the next line of the workspace's log in the caller's transaction, and returns whether it did: with
 * `ifAnything` only when that transaction has written something before, with `unless` only when it says no under the
 * lock. The end of the log stays locked until the transaction ends, so this comes last in it.
 */
export async function appendLine(
  tx: Tx,
  line: NewLine,
  { ifAnything, unless }: { ifAnything: boolean; unless?: () => Promise<boolean> },
): Promise<boolean> {
  const head = await lockHead(tx, line.workspaceId, { ifAnything });
  if (!head) {
    if (!ifAnything) throw new Error('The workspace has no audit log.');
    return false;
  }
  if (await unless?.()) return false;
  const { workspaceId, now: at } = head;
  const placed: AuditLine = { ...line, workspaceId, number: head.number + 1, at };
  await insertLine(tx, { ...placed, hash: hashLine(head.hash, placed) });
  return true;
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
