import type { workspaces } from '#contract/people.ts';
import { refuseField, type Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { getWorkspace } from './get-workspace.ts';
import { presentWorkspace } from './present-workspace.ts';
import { changeWorkspace } from './workspace-store.ts';
import { isZone } from './zone.rules.ts';

/** Changes name, language, zone or grace time. What is scheduled keeps the zone it was planned in. */
export const updateWorkspace: Verb<typeof workspaces.update> = async (context, input) => {
  const { workspaceId, name, language, zone, graceMinutes } = input;
  if (zone !== undefined && !isZone(zone)) refuseField('zone', 'not-a-zone');
  return context.inWorkspace(async (tx) => {
    await getWorkspace(tx, workspaceId);
    await changeWorkspace(tx, workspaceId, { name, language, zone, grace_minutes: graceMinutes });
    await tellFact(tx, { workspaceId, kind: 'workspace.changed', payload: {}, personId: context.personId });
    return presentWorkspace(await getWorkspace(tx, workspaceId));
  });
};
