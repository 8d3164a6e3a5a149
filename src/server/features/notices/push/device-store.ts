import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';

export async function findPushKey(tx: Tx): Promise<{ publicKey: string; sealed: string } | null> {
  const { rows } = await sql<{ publicKey: string; sealed: string }>`
    SELECT public_key AS "publicKey", sealed FROM push_key`.execute(tx);
  return rows[0] ?? null;
}

/** Keeps the first key that comes. */
export async function insertPushKey(tx: Tx, key: { publicKey: string; sealed: string }): Promise<void> {
  await sql`INSERT INTO push_key (public_key, sealed) VALUES (${key.publicKey}, ${key.sealed})
    ON CONFLICT DO NOTHING`.execute(tx);
}

export interface DeviceRow {
  id: string;
  sessionId: string;
  name: string;
  sealed: string;
  createdAt: Date;
  toldAt: Date | null;
}

const columns = sql`d.id, d.session_id AS "sessionId", d.name, d.sealed, d.created_at AS "createdAt", d.told_at AS "toldAt"`;

/** A person's devices whose session goes on, the newest first. */
export async function listDevices(tx: Tx, personId: string): Promise<DeviceRow[]> {
  const { rows } = await sql<DeviceRow>`SELECT ${columns} FROM push_device d JOIN auth.session s ON s.id = d.session_id
    WHERE d.person_id = ${personId} AND s.user_id = ${personId} AND s.expires_at > now()
    ORDER BY d.created_at DESC, d.id`.execute(tx);
  return rows;
}

/** Which of these people have a device. */
export async function listPeopleWithDevices(tx: Tx, personIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ personId: string }>`SELECT DISTINCT person_id AS "personId" FROM push_device
    WHERE person_id = ANY(${[...personIds]}::text[])`.execute(tx);
  return new Set(rows.map((row) => row.personId));
}

/** The device with this address, if it is this person's. */
export async function findDevice(tx: Tx, personId: string, endpointHash: string): Promise<DeviceRow | null> {
  const { rows } = await sql<DeviceRow>`SELECT ${columns} FROM push_device d
    WHERE d.person_id = ${personId} AND d.endpoint_hash = ${endpointHash}`.execute(tx);
  return rows[0] ?? null;
}

/** Whoever uses a browser now has its notices: an entry of somebody else for it goes. */
export async function putDevice(
  tx: Tx,
  device: { id: string; personId: string; sessionId: string; endpointHash: string; sealed: string; name: string },
): Promise<void> {
  await sql`DELETE FROM push_device WHERE endpoint_hash = ${device.endpointHash}`.execute(tx);
  await sql`INSERT INTO push_device (id, person_id, session_id, endpoint_hash, sealed, name)
    VALUES (${device.id}, ${device.personId}, ${device.sessionId}, ${device.endpointHash}, ${device.sealed}, ${device.name})`.execute(
    tx,
  );
}

/** Keeps the newest devices of a person. */
export async function dropSurplus(tx: Tx, personId: string, most: number): Promise<void> {
  await sql`DELETE FROM push_device WHERE person_id = ${personId} AND id NOT IN
    (SELECT id FROM push_device WHERE person_id = ${personId} ORDER BY created_at DESC, id LIMIT ${most})`.execute(tx);
}

/** False when this person has no such device. */
export async function deleteDevice(tx: Tx, personId: string, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`DELETE FROM push_device WHERE id = ${id} AND person_id = ${personId}`.execute(
    tx,
  );
  return (numAffectedRows ?? 0n) > 0n;
}

export async function noteTold(tx: Tx, id: string): Promise<void> {
  await sql`UPDATE push_device SET told_at = clock.now() WHERE id = ${id}`.execute(tx);
}
