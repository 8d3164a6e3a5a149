import type { workspaces } from '#contract/people.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { getWorkspace } from './get-workspace.ts';
import { presentWorkspace } from './present-workspace.ts';

/** One workspace. */
export const showWorkspace: Verb<typeof workspaces.get> = async (context, { workspaceId }) =>
  presentWorkspace(await context.inWorkspace((tx) => getWorkspace(tx, workspaceId)));
