import { sql } from 'kysely';
import type { Tx } from '../db/index.ts';
import { hashToken } from './token.ts';

/** A session ends after thirty days without use, and ninety days after sign-in however much it is used. */
export const sessionDays = { idle: 30, whole: 90 } as const;

/** One sign-in of one person. */
export interface SessionRow {
  id: string;
  userAgent: string | null;
  address: string | null;
  startedAt: Date;
  /** Kept to the hour. */
  lastUsedAt: Date;
  expiresAt: Date;
}

/** The sessions of a person that have not run out, the latest used first. */
export async function listSessions(tx: Tx, personId: string): Promise<SessionRow[]> {
  const { rows } = await sql<SessionRow>`
    SELECT id, user_agent AS "userAgent", ip_address AS address, created_at AS "startedAt", updated_at AS "lastUsedAt",
      least(expires_at, created_at + make_interval(days => ${sessionDays.whole})) AS "expiresAt"
    FROM auth.session WHERE user_id = ${personId} AND expires_at > now()
      AND created_at > now() - make_interval(days => ${sessionDays.whole})
    ORDER BY updated_at DESC, created_at DESC, id`.execute(tx);
  return rows;
}

/** Ends one session of this person; false when they have none with this id. */
export async function endSession(tx: Tx, personId: string, sessionId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    DELETE FROM auth.session WHERE id = ${sessionId} AND user_id = ${personId}`.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
}

/** Ends the session that these `Set-Cookie` values begin. */
export async function endNewSession(tx: Tx, cookies: readonly string[]): Promise<void> {
  for (const cookie of cookies) {
    const [, value] = /^(?:__Host-)?goalpost=([^;]+)/.exec(cookie) ?? [];
    const [token] = decodeURIComponent(value ?? '').split('.');
    if (token) await sql`DELETE FROM auth.session WHERE token = ${hashToken(token)}`.execute(tx);
  }
}

/** Ends the sessions of a person but one, or all of them; says how many. */
export async function endSessions(tx: Tx, personId: string, but: string | null): Promise<number> {
  const { numAffectedRows } = await sql`
    DELETE FROM auth.session WHERE user_id = ${personId} AND id IS DISTINCT FROM ${but}::text`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

/** Forgets sessions that have run out, of everybody. */
export async function dropExpiredSessions(tx: Tx): Promise<void> {
  await sql`
    DELETE FROM auth.session
    WHERE expires_at < now() OR created_at < now() - make_interval(days => ${sessionDays.whole})`.execute(tx);
}
