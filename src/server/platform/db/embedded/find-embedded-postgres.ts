import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { keepPassword } from './keep-password.ts';
import { DATABASE_NAME, OWNER_ROLE } from './prepare-owner.ts';

/**
 * The owner's address of the embedded database that a Goalpost on this folder is running just now, or null when none
 * runs. Only looks: it takes no lock and starts nothing.
 */
export async function findEmbeddedPostgres(dataDir: string): Promise<{ ownerUrl: string } | null> {
  const folder = path.join(dataDir, 'postgres');
  const file = path.join(folder, 'cluster', 'postmaster.pid');
  if (!existsSync(file) || !existsSync(path.join(folder, 'password'))) return null;
  // PostgreSQL writes its port into the fourth line.
  const port = Number(readFileSync(file, 'utf8').split('\n')[3]);
  if (!Number.isInteger(port) || port <= 0) return null;
  const password = keepPassword(path.join(folder, 'password'))(OWNER_ROLE);
  const ownerUrl = `postgres://${OWNER_ROLE}:${password}@127.0.0.1:${port}/${DATABASE_NAME}`;
  const client = new Client({ connectionString: ownerUrl, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return { ownerUrl };
  } catch {
    return null;
  } finally {
    await client.end().catch(() => undefined);
  }
}
