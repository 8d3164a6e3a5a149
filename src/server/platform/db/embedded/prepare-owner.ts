import { Client, escapeIdentifier, escapeLiteral } from 'pg';

/** The login that owns the database and migrates it. */
export const OWNER_ROLE = 'goalpost_owner';

/** The one database of an installation. */
export const DATABASE_NAME = 'goalpost';

/** Makes the owner's login and its database where they are missing. May be repeated freely. */
export async function prepareOwner(options: { superuserUrl: string; ownerPassword: string }): Promise<void> {
  const client = new Client({ connectionString: options.superuserUrl });
  await client.connect();
  try {
    const role = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [OWNER_ROLE]);
    if (role.rowCount === 0) {
      const password = escapeLiteral(options.ownerPassword);
      await client.query(`CREATE ROLE ${escapeIdentifier(OWNER_ROLE)} LOGIN CREATEROLE PASSWORD ${password}`);
    }
    const database = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE_NAME]);
    if (database.rowCount === 0) {
      await client.query(`CREATE DATABASE ${escapeIdentifier(DATABASE_NAME)} OWNER ${escapeIdentifier(OWNER_ROLE)}`);
    }
  } finally {
    await client.end();
  }
}
