import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { PersonId, WorkspaceId } from '#contract/ids.ts';
import type { House, WorkspaceContext } from '#server/platform/context/index.ts';
import type { Database } from '#server/platform/db/index.ts';
import { createLog } from '#server/platform/log/index.ts';

/**
 * A new workspace with its owner, and the owner's context in it. `house` gives what the verbs under test use beside the
 * database; anything else of the house is absent.
 */
export async function makeWorkspaceContext(
  database: Database,
  { zone = 'UTC', house = {} }: { zone?: string; house?: Partial<House> } = {},
): Promise<WorkspaceContext> {
  const workspaceId = WorkspaceId.parse(randomUUIDv7());
  const personId = PersonId.parse(`person-${workspaceId}`);
  await database.inWorkspace(workspaceId, async (tx) => {
    await sql`INSERT INTO workspace (id, name, language, zone) VALUES (${workspaceId}, 'Test', 'en', ${zone})`.execute(
      tx,
    );
    await sql`INSERT INTO member (workspace_id, person_id, role) VALUES (${workspaceId}, ${personId}, 'owner')`.execute(
      tx,
    );
  });
  const log = createLog({ level: 'silent', pretty: false });
  return {
    house: { db: database, log, ...house } as House,
    log,
    workspaceId,
    personId,
    role: 'owner',
    isOperator: false,
    address: '127.0.0.1',
    sessionId: null,
    apiKeyId: null,
    keyWorkspaceId: null,
    enterWorkspace: database.inWorkspace,
    language: 'en',
    requestId: 'test',
    origin: 'http://localhost',
    inWorkspace: (work) => database.inWorkspace(workspaceId, work),
  };
}
