import { sql } from 'kysely';
import type { Tx } from '../db/index.ts';

export type MediaPlace = 'disk' | 's3';

/** Where files are, and where they are being moved; null: nowhere. */
export interface MediaPlaces {
  place: MediaPlace;
  movingTo: MediaPlace | null;
}

/** Null: it was not settled yet. */
export async function readPlaces(tx: Tx): Promise<MediaPlaces | null> {
  // By the row as a whole: a command may look at a database that has no such table yet.
  const { rows: tables } = await sql<{
    has: boolean;
  }>`SELECT to_regclass('public.media_place') IS NOT NULL AS has`.execute(tx);
  if (!tables[0]?.has) return null;
  const { rows } = await sql<MediaPlaces>`SELECT place, moving_to AS "movingTo" FROM media_place`.execute(tx);
  return rows[0] ?? null;
}

/** Settles the place where nobody has yet, and returns what stands. */
export async function settlePlace(tx: Tx, place: MediaPlace): Promise<MediaPlaces> {
  await sql`INSERT INTO media_place (place) VALUES (${place}) ON CONFLICT DO NOTHING`.execute(tx);
  return (await readPlaces(tx)) ?? { place, movingTo: null };
}

/** Writes where files are and go. */
export async function writePlaces(tx: Tx, { place, movingTo }: MediaPlaces): Promise<void> {
  await sql`INSERT INTO media_place (place, moving_to) VALUES (${place}, ${movingTo})
    ON CONFLICT (only_one) DO UPDATE SET place = excluded.place, moving_to = excluded.moving_to, since = clock.now()`.execute(
    tx,
  );
}
