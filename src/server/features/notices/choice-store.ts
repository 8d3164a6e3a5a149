import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';
import type { ChoiceRow } from './tables.ts';

/** What holds for who has chosen nothing: quiet from nine to seven, the digest at eight (ours). */
const asItComes: ChoiceRow = { kinds: {}, quietFrom: '21:00', quietTo: '07:00', digestAt: '08:00', zone: null };

/** What these people have chosen; works in any transaction of the app. */
export async function findChoices(tx: Tx, personIds: readonly string[]): Promise<(personId: string) => ChoiceRow> {
  const { rows } = await sql<ChoiceRow & { personId: string }>`SELECT person_id AS "personId", kinds,
      quiet_from AS "quietFrom", quiet_to AS "quietTo", digest_at AS "digestAt", zone
    FROM notice_choice WHERE person_id = ANY(${[...personIds]}::text[])`.execute(tx);
  const known = new Map(rows.map(({ personId, ...choice }) => [personId, choice]));
  return (personId) => known.get(personId) ?? asItComes;
}

/** Changes a person's choices under their own lock, so that two changes at once are both kept. */
export async function changeChoice(
  tx: Tx,
  personId: string,
  change: (before: ChoiceRow) => ChoiceRow,
): Promise<ChoiceRow> {
  await sql`INSERT INTO notice_choice (person_id) VALUES (${personId}) ON CONFLICT DO NOTHING`.execute(tx);
  await sql`SELECT FROM notice_choice WHERE person_id = ${personId} FOR UPDATE`.execute(tx);
  const next = change((await findChoices(tx, [personId]))(personId));
  await sql`UPDATE notice_choice SET kinds = ${JSON.stringify(next.kinds)}::jsonb, quiet_from = ${next.quietFrom},
      quiet_to = ${next.quietTo}, digest_at = ${next.digestAt}, zone = ${next.zone}, updated_at = clock.now()
    WHERE person_id = ${personId}`.execute(tx);
  return next;
}

/** People who run the installation. */
export async function listOperators(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`SELECT id FROM person WHERE is_operator ORDER BY id`.execute(tx);
  return rows.map((row) => row.id);
}
