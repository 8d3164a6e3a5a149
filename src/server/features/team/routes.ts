import type { Routes } from '#server/platform/context/index.ts';
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys/index.ts';
import { listAudit, verifyAuditChain } from './audit/index.ts';
import { changeRole } from './change-role.ts';
import { createWorkspace } from './create-workspace.ts';
import { getMe } from './get-me.ts';
import {
  acceptInvitation,
  createInvitation,
  listInvitations,
  lookAtInvitation,
  revokeInvitation,
} from './invitations/index.ts';
import { listMembers } from './list-members.ts';
import { removeMember } from './remove-member.ts';
import { endOtherSessions, endSession, listSessions } from './sessions/index.ts';
import { showWorkspace } from './show-workspace.ts';
import { updateMe } from './update-me.ts';
import { updateWorkspace } from './update-workspace.ts';

export const teamRoutes = {
  me: { get: getMe, update: updateMe },
  workspaces: { create: createWorkspace, get: showWorkspace, update: updateWorkspace },
  members: { list: listMembers, changeRole, remove: removeMember },
  sessions: { list: listSessions, end: endSession, endOthers: endOtherSessions },
  invitations: {
    list: listInvitations,
    create: createInvitation,
    revoke: revokeInvitation,
    look: lookAtInvitation,
    accept: acceptInvitation,
  },
  apiKeys: { list: listApiKeys, create: createApiKey, revoke: revokeApiKey },
  audit: { list: listAudit, verify: verifyAuditChain },
} satisfies Routes<'me' | 'sessions' | 'workspaces' | 'members' | 'invitations' | 'apiKeys' | 'audit'>;
