/** What changed in a workspace, without a word of what it says now: whoever may see it asks for it. */
export interface Change {
  /** `noun.past` of a fact, or the operation that did it. */
  kind: string;
  /** Which things, by the names of their ids. */
  ids: Record<string, string>;
  /** Meant for this person alone; for every member when absent. */
  personId?: string;
}

/** PostgreSQL takes notices of less than 8,000 bytes. */
const MOST_BYTES = 7_500;

/**
 * Changes of workspaces as notices between processes, one for each workspace. When there are too many to name each,
 * only their kinds are left: whoever hears that looks at everything of the kind.
 */
export function shapeNotices(changes: readonly (Change & { workspaceId: string })[]): string[] {
  return [...Map.groupBy(changes, (it) => it.workspaceId)].map(([workspaceId, of]) => {
    const full = JSON.stringify({ workspaceId, changes: of.map(({ workspaceId: _, ...change }) => change) });
    if (Buffer.byteLength(full) < MOST_BYTES) return full;
    const kinds = [
      ...new Map(of.map(({ kind, personId }) => [`${kind} ${personId ?? ''}`, { kind, personId }])).values(),
    ];
    const bare = kinds.map(({ kind, personId }) => ({ kind, ids: {}, ...(personId ? { personId } : {}) }));
    const short = JSON.stringify({ workspaceId, changes: bare });
    return Buffer.byteLength(short) < MOST_BYTES ? short : JSON.stringify({ workspaceId, changes: [] });
  });
}

/** The ids among the fields of a fact or an input. */
export function pickIds(fields: unknown): Record<string, string> {
  if (typeof fields !== 'object' || fields === null) return {};
  return Object.fromEntries(
    Object.entries(fields).filter(
      (field): field is [string, string] =>
        /^(post|delivery|channel|goal|objective|initiative|hold|medium|person)Id$/.test(field[0]) &&
        typeof field[1] === 'string',
    ),
  );
}
