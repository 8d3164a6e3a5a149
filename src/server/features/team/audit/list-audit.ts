import { z } from 'zod';
import type { AuditEntry, audit } from '#contract/audit.ts';
import type { PersonId } from '#contract/ids.ts';
import { findPeople } from '#server/platform/auth/index.ts';
import { cutPage, readCursor, type Verb } from '#server/platform/context/index.ts';
import { type KeptLine, listLines } from './audit-store.ts';

/**
 * The audit log, the newest line first: all of it, one action (`members.remove`) or a group of them (`members`). Names
 * are those of today; whoever has no account any more has none.
 */
export const listAudit: Verb<typeof audit.list> = async (context, { cursor, limit, action = null }) => {
  const before = readCursor(cursor, z.tuple([z.int()]))?.[0] ?? null;
  return context.inWorkspace(async (tx) => {
    const rows = await listLines(tx, { before, action, limit });
    const people = await findPeople(tx, [...new Set(rows.flatMap(({ personId }) => personId ?? []))]);
    const nameOf = new Map(people.map(({ id, name }) => [id, name]));
    return cutPage(
      rows,
      limit,
      (row) => [row.number],
      (row) => presentLine(row, (row.byKind === 'key' ? row.keyName : nameOf.get(row.personId ?? '')) ?? ''),
    );
  });
};

const presentLine = (line: KeptLine, name: string): AuditEntry => ({
  number: line.number,
  at: line.at.toISOString(),
  by: { kind: line.byKind, personId: line.personId as PersonId | null, name },
  action: line.action,
  subject: line.subjectKind === null || line.subjectId === null ? null : { kind: line.subjectKind, id: line.subjectId },
  detail: line.detail,
});
