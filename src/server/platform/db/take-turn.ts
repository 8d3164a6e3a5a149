import pg from 'pg';

/**
 * The turn to do what is named, which only one process has at a time however long it takes. Null: another has it. It ends
 * with `release`, or with the process.
 */
export async function takeTurn(ownerUrl: string, name: string): Promise<{ release: () => Promise<void> } | null> {
  const client = new pg.Client({ connectionString: ownerUrl, keepAlive: true });
  client.on('error', () => undefined);
  await client.connect();
  const release = () => client.end().catch(() => undefined);
  try {
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock(hashtext($1)) AS taken', [
      `goalpost ${name}`,
    ]);
    if (rows[0]?.taken) return { release };
  } catch (error) {
    await release();
    throw error;
  }
  await release();
  return null;
}
