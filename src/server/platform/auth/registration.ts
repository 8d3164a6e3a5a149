import { sql } from 'kysely';
import type { Tx } from '../db/index.ts';

/** `invited`: an account needs an invitation. `open`: whoever confirms their address gets one. */
export type Registration = 'invited' | 'open';

/** Who may open an account on this installation. */
export async function readRegistration(tx: Tx): Promise<Registration> {
  const { rows } = await sql<{ registration: Registration }>`SELECT registration FROM installation`.execute(tx);
  return rows[0]?.registration ?? 'invited';
}

/** Opens or closes registration. Links that were sent while it was open are good for nothing once it is closed. */
export async function writeRegistration(tx: Tx, registration: Registration): Promise<void> {
  await sql`UPDATE installation SET registration = ${registration}`.execute(tx);
}

/** Whether nobody has an account yet: the first person becomes the operator. */
export async function isFirst(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ first: boolean }>`SELECT NOT EXISTS (SELECT FROM person) AS first`.execute(tx);
  return rows[0]?.first === true;
}

/** Whether this e-mail may sign up at once: nobody has yet, or it holds a permit. */
export async function mayRegister(tx: Tx, email: string): Promise<boolean> {
  if (await isFirst(tx)) return true;
  const { rows } = await sql`
    SELECT FROM auth.permit WHERE email = ${email.toLowerCase()} AND expires_at > now()`.execute(tx);
  return rows.length > 0;
}

/** Lets one e-mail sign up although registration is closed, once, within `days`. Giving it twice prolongs it. */
export async function permitRegistration(tx: Tx, email: string, days = 14): Promise<void> {
  await sql`
    INSERT INTO auth.permit (email, expires_at) VALUES (${email.toLowerCase()}, now() + make_interval(days => ${days}))
    ON CONFLICT (email) DO UPDATE SET expires_at = excluded.expires_at`.execute(tx);
}
