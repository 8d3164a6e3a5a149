import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Language } from '#contract/terms.ts';
import type { Tx } from '../db/index.ts';
import { hashToken } from './token.ts';

/** What a mailed link is for. */
export type LinkKind = 'confirm-address' | 'reset-password';

/** Somebody's wish for a link, and later the link. */
export interface LinkRow {
  id: string;
  kind: LinkKind;
  email: string;
  language: Language;
  origin: string;
  name: string | null;
  /** Scrypt hash. */
  password: string | null;
  /** Null until the link was made. */
  tokenHash: string | null;
}

const columns = sql.raw('id, kind, email, language, origin, name, password, token_hash AS "tokenHash"');
const lifeOf = { 'confirm-address': '1 day', 'reset-password': '1 hour' } as const;

/** Writes down a wish; what becomes of it is not decided here, so that it takes as long for everybody. */
export async function insertLink(tx: Tx, link: Omit<LinkRow, 'id' | 'tokenHash'>): Promise<string> {
  const id = randomUUID();
  await sql`
    INSERT INTO auth.link (id, kind, email, language, origin, name, password, expires_at)
    VALUES (${id}, ${link.kind}, ${link.email.toLowerCase()}, ${link.language}, ${link.origin}, ${link.name},
      ${link.password}, clock.now() + ${lifeOf[link.kind]}::interval)`.execute(tx);
  return id;
}

/** A wish for a link, locked until the transaction ends; null when it is gone. */
export async function lockLink(tx: Tx, id: string): Promise<LinkRow | null> {
  const { rows } = await sql<LinkRow>`SELECT ${columns} FROM auth.link WHERE id = ${id} FOR UPDATE`.execute(tx);
  return rows[0] ?? null;
}

/** Gives a wish its token; from now on the link opens, for its whole life. */
export async function setToken(tx: Tx, link: LinkRow, token: string): Promise<void> {
  await sql`
    UPDATE auth.link SET token_hash = ${hashToken(token)}, expires_at = clock.now() + ${lifeOf[link.kind]}::interval
    WHERE id = ${link.id}`.execute(tx);
}

/** The link of a token while it is good, or null. */
export async function findLink(tx: Tx, kind: LinkKind, token: string): Promise<LinkRow | null> {
  const { rows } = await sql<LinkRow>`
    SELECT ${columns} FROM auth.link
    WHERE token_hash = ${hashToken(token)} AND kind = ${kind} AND expires_at > clock.now()`.execute(tx);
  return rows[0] ?? null;
}

/** Uses a link up, and every other one of its kind for the same address. False when somebody else was quicker. */
export async function spendLink(tx: Tx, link: LinkRow): Promise<boolean> {
  // In one order: two links for one address that are used at once would wait for each other for ever.
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM auth.link WHERE email = ${link.email} AND kind = ${link.kind} ORDER BY id FOR UPDATE`.execute(tx);
  await dropLinksOf(tx, link.kind, link.email);
  return rows.some(({ id }) => id === link.id);
}

/** Makes every link of one kind for one address good for nothing. */
export async function dropLinksOf(tx: Tx, kind: LinkKind, email: string): Promise<void> {
  await sql`DELETE FROM auth.link WHERE email = ${email.toLowerCase()} AND kind = ${kind}`.execute(tx);
}

export async function deleteLink(tx: Tx, id: string): Promise<void> {
  await sql`DELETE FROM auth.link WHERE id = ${id}`.execute(tx);
}

/** Forgets links that have run out. */
export async function dropExpiredLinks(tx: Tx): Promise<void> {
  await sql`DELETE FROM auth.link WHERE expires_at < clock.now()`.execute(tx);
}
