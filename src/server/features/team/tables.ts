import type { Generated, Kysely, Selectable } from 'kysely';
import type { Language, Role } from '#contract/terms.ts';
import type { Tx } from '#server/platform/db/index.ts';

type TeamTables = {
  workspace: {
    id: string;
    name: string;
    language: Language;
    zone: string;
    grace_minutes: Generated<number>;
    created_at: Generated<Date>;
  };
  member: {
    workspace_id: string;
    person_id: string;
    role: Role;
    created_at: Generated<Date>;
  };
  invitation: {
    workspace_id: string;
    id: string;
    token_hash: string;
    email: string | null;
    role: Role;
    invited_by: string;
    registered_by: Generated<string | null>;
    created_at: Generated<Date>;
    expires_at: Date;
    accepted_at: Generated<Date | null>;
    accepted_by: Generated<string | null>;
    revoked_at: Generated<Date | null>;
  };
  /** Which invitation a token opens; read by *across*. */
  directory_invitation: {
    token_hash: string;
    workspace_id: string;
    invitation_id: string;
  };
  /** Which workspaces to ask for a person; opened to *across* only. `member` is the truth. */
  directory_membership: {
    person_id: string;
    workspace_id: string;
  };
};

export type WorkspaceRow = Selectable<TeamTables['workspace']>;
export type MemberRow = Selectable<TeamTables['member']>;

/** The transaction with this slice's tables named. */
export const teamTables = (tx: Tx): Kysely<TeamTables> => tx.withTables<TeamTables>();
