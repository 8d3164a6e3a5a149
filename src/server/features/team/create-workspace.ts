import { randomUUID } from 'node:crypto';
import type { workspaces } from '#contract/people.ts';
import { refuseField, type Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { insertMember } from './member-store.ts';
import { presentWorkspace } from './present-workspace.ts';
import { insertWorkspace } from './workspace-store.ts';
import { isZone } from './zone.rules.ts';

/** Opens a workspace; the caller becomes its owner. */
export const createWorkspace: Verb<typeof workspaces.create> = async (context, { name, language, zone }) => {
  if (!isZone(zone)) refuseField('zone', 'not-a-zone');
  const { db } = context.house;
  const { personId } = context;
  const workspaceId = randomUUID();
  const row = await context.enterWorkspace(workspaceId, async (tx) => {
    const made = await insertWorkspace(tx, { id: workspaceId, name, language, zone });
    await insertMember(db, tx, { workspaceId, personId, role: 'owner' });
    await tellFact(tx, { workspaceId, kind: 'workspace.created', payload: {}, personId });
    return made;
  });
  return presentWorkspace(row);
};
