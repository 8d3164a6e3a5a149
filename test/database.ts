import { randomBytes } from 'node:crypto';
import { Client, escapeIdentifier } from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { type Database, openDatabase } from '#server/platform/db/index.ts';

/** A real, migrated, empty database for one test file. */
export type TestDatabase = {
  /** Opened by the app's login, as at run time. */
  readonly database: Database;
  /** The app's login. */
  readonly appUrl: string;
  /** The owner's login, for what only migrations may do. */
  readonly ownerUrl: string;
  /** The role of statements that see all workspaces. */
  readonly acrossRole: string;
};

/**
 * Gives the tests of the surrounding file or `describe` a database of their own, cloned from the
 * run's migrated one and dropped afterwards. Its fields are there from `beforeAll` on.
 */
export function useDatabase(): TestDatabase {
  let opened: TestDatabase | null = null;
  const get = (): TestDatabase => {
    if (opened === null) throw new Error('The test database is there from beforeAll on, not before.');
    return opened;
  };
  const template = inject('templateDatabase');
  if ('failure' in template)
    throw new Error(`The migrations failed, so there is no test database: ${template.failure}`);
  const name = `${template.name}_${randomBytes(4).toString('hex')}`;

  beforeAll(async () => {
    const owner = escapeIdentifier(new URL(template.ownerUrl).username);
    await asAdmin(
      template.adminUrl,
      `CREATE DATABASE ${escapeIdentifier(name)} OWNER ${owner} TEMPLATE ${escapeIdentifier(template.name)}`,
    );
    const appUrl = inDatabase(template.appUrl, name);
    const { acrossRole } = template;
    const database = openDatabase({ appUrl, acrossRole });
    opened = { database, appUrl, ownerUrl: inDatabase(template.ownerUrl, name), acrossRole };
  });
  afterAll(async () => {
    await opened?.database.close();
    await asAdmin(template.adminUrl, `DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
  });

  return {
    get database() {
      return get().database;
    },
    get appUrl() {
      return get().appUrl;
    },
    get ownerUrl() {
      return get().ownerUrl;
    },
    get acrossRole() {
      return get().acrossRole;
    },
  };
}

function inDatabase(url: string, name: string): string {
  const next = new URL(url);
  next.pathname = `/${name}`;
  return next.href;
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
