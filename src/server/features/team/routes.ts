import type { Routes } from '#server/platform/context/index.ts';
import { refuse } from '#server/platform/context/index.ts';
import { changeRole } from './change-role.ts';
import { createWorkspace } from './create-workspace.ts';
import { getMe } from './get-me.ts';
import { listMembers } from './list-members.ts';
import { removeMember } from './remove-member.ts';
import { showWorkspace } from './show-workspace.ts';
import { updateMe } from './update-me.ts';
import { updateWorkspace } from './update-workspace.ts';

export const teamRoutes = {
  me: { get: getMe, update: updateMe },
  workspaces: { create: createWorkspace, get: showWorkspace, update: updateWorkspace },
  members: { list: listMembers, changeRole, remove: removeMember },
  sessions: { list: notYet, end: notYet, endOthers: notYet },
  invitations: { list: notYet, create: notYet, revoke: notYet, look: notYet, accept: notYet },
  apiKeys: { list: notYet, create: notYet, revoke: notYet },
  audit: { list: notYet, verify: notYet },
  operator: { get: notYet, update: notYet, testMail: notYet, doctor: notYet },
} satisfies Routes<'me' | 'sessions' | 'workspaces' | 'members' | 'invitations' | 'apiKeys' | 'audit' | 'operator'>;

async function notYet(): Promise<never> {
  refuse('operation-unknown');
}
