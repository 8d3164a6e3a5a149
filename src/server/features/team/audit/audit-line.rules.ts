/** One line of the audit log as it is kept. `number` counts from 1 within the workspace. */
export interface AuditLine {
  workspaceId: string;
  number: number;
  at: Date;
  byKind: 'person' | 'key' | 'system';
  personId: string | null;
  keyId: string | null;
  action: string;
  subjectKind: string | null;
  subjectId: string | null;
  detail: Readonly<Record<string, string | number | boolean | null>>;
  factId: string | null;
}

/**
 * The text that a line's hash is made over: the hash of the line before it (empty for the first), a line feed, and all
 * of the line as JSON, its fields sorted by name. Every field is in it, so that none can be changed unnoticed.
 */
export function writeLine(previousHash: string, line: AuditLine): string {
  const fields: Record<keyof AuditLine, unknown> = {
    workspaceId: line.workspaceId,
    number: line.number,
    at: line.at.toISOString(),
    byKind: line.byKind,
    personId: line.personId,
    keyId: line.keyId,
    action: line.action,
    subjectKind: line.subjectKind,
    subjectId: line.subjectId,
    detail: sortFields(line.detail),
    factId: line.factId,
  };
  return `${previousHash}\n${JSON.stringify(sortFields(fields))}`;
}

const sortFields = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
