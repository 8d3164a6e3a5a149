import { sql } from 'kysely';
import type { Tx } from '../db/index.ts';

/** A mail that is being sent now: nobody else takes it before its next try. */
export interface WaitingMail {
  id: string;
  sealed: string;
  tries: number;
  /** A day has passed since it was posted: this try is the last one. */
  last: boolean;
}

export async function insertMail(tx: Tx, mail: { id: string; template: string; sealed: string }): Promise<void> {
  await sql`INSERT INTO outgoing_mail (id, template, sealed) VALUES (${mail.id}, ${mail.template}, ${mail.sealed})`.execute(
    tx,
  );
}

/**
 * Takes due mails, one by its id or all. A taken one is due again by itself after five minutes, longer than a mail server
 * may take over it: so it is sent at least once whatever happens to who took it, and not twice while that goes on.
 */
export async function takeDue(tx: Tx, { mailId, limit }: { mailId?: string | undefined; limit: number }) {
  const { rows } = await sql<WaitingMail>`
    UPDATE outgoing_mail SET tries = outgoing_mail.tries + 1,
      next_try_at = clock.now() + interval '5 minutes'
    FROM (SELECT id FROM outgoing_mail WHERE given_up_at IS NULL AND next_try_at <= clock.now()
            AND (${mailId ?? null}::uuid IS NULL OR id = ${mailId ?? null}::uuid)
          ORDER BY next_try_at LIMIT ${limit} FOR UPDATE SKIP LOCKED) due
    WHERE outgoing_mail.id = due.id
    RETURNING outgoing_mail.id, sealed, tries, created_at < clock.now() - interval '1 day' AS last`.execute(tx);
  return rows;
}

/** The mail was accepted: what it said is forgotten. */
export async function deleteMail(tx: Tx, mailId: string): Promise<void> {
  await sql`DELETE FROM outgoing_mail WHERE id = ${mailId}`.execute(tx);
}

/** Notes a failure and answers when the next try is: after one minute, then ever later, up to an hour. */
export async function noteFailure(tx: Tx, mailId: string, said: string): Promise<Date | null> {
  const { rows } = await sql<{ next: Date }>`
    UPDATE outgoing_mail SET said = ${said},
      next_try_at = clock.now() + least(interval '1 hour', interval '1 minute' * power(2, least(tries - 1, 6)))
    WHERE id = ${mailId} RETURNING next_try_at AS next`.execute(tx);
  return rows[0]?.next ?? null;
}

/** No further try. The row stays for the operator; to whom it was and what it said is forgotten. */
export async function giveUp(tx: Tx, mailId: string, said: string): Promise<void> {
  await sql`UPDATE outgoing_mail SET sealed = NULL, given_up_at = clock.now(), said = ${said} WHERE id = ${mailId}`.execute(
    tx,
  );
}

/** Forgets given-up mails of more than a week. */
export async function dropGivenUp(tx: Tx): Promise<void> {
  await sql`DELETE FROM outgoing_mail WHERE given_up_at < clock.now() - interval '7 days'`.execute(tx);
}

export interface MailStanding {
  waiting: number;
  /** Tried at least once without success, and will be tried again. */
  failing: number;
  givenUp: number;
  /** What was said at the last failure that is still known. */
  lastSaid: string | null;
}

export async function readMailStanding(tx: Tx): Promise<MailStanding> {
  const { rows } = await sql<MailStanding>`
    SELECT count(*) FILTER (WHERE given_up_at IS NULL) AS waiting,
      count(*) FILTER (WHERE given_up_at IS NULL AND said IS NOT NULL) AS failing,
      count(*) FILTER (WHERE given_up_at IS NOT NULL) AS "givenUp",
      (array_agg(said ORDER BY coalesce(given_up_at, next_try_at) DESC) FILTER (WHERE said IS NOT NULL))[1] AS "lastSaid"
    FROM outgoing_mail`.execute(tx);
  return rows[0] ?? { waiting: 0, failing: 0, givenUp: 0, lastSaid: null };
}
