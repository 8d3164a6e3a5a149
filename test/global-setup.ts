import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '#server/platform/db/embedded/index.ts';
import { migrate } from '#server/platform/db/index.ts';
import { startDebianPostgres } from './servers/debian-postgres/index.ts';

/** What a test file must know to clone the run's migrated database. */
export type TemplateDatabase = {
  /** A login that may make and drop databases. */
  readonly adminUrl: string;
  readonly name: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly acrossRole: string;
};

declare module 'vitest' {
  export interface ProvidedContext {
    templateDatabase: TemplateDatabase | { readonly failure: string };
  }
}

/**
 * Gives the run one PostgreSQL with one migrated database to clone.
 *
 * Embedded and without fsync by default; in the project `debian` Debian's PostgreSQL 15;
 * `GOALPOST_TEST_DATABASE_URL` names another server, by a login that may make databases and roles. Whatever was made
 * there is removed at the end.
 */
export default async function provideTemplateDatabase(project: TestProject): Promise<() => Promise<void>> {
  const server = await openServer(project.name);
  const name = `goalpost_test_${randomBytes(4).toString('hex')}`;
  try {
    project.provide('templateDatabase', await makeTemplate({ adminUrl: server.adminUrl, name }));
  } catch (error) {
    // Tests that need no database still run; the others fail with this reason.
    project.provide('templateDatabase', { failure: error instanceof Error ? `${error.stack}` : String(error) });
  }
  return () => server.close(name);
}

async function makeTemplate({ adminUrl, name }: { adminUrl: string; name: string }): Promise<TemplateDatabase> {
  const owner = `${name}_owner`;
  const password = randomBytes(18).toString('base64url');
  const locale = await localeOf(adminUrl);
  await asAdmin(adminUrl, [
    `CREATE ROLE ${escapeIdentifier(owner)} LOGIN CREATEROLE PASSWORD ${escapeLiteral(password)}`,
    `GRANT ${escapeIdentifier(owner)} TO CURRENT_USER`,
    `CREATE DATABASE ${escapeIdentifier(name)} OWNER ${escapeIdentifier(owner)} TEMPLATE template0 ENCODING 'UTF8' ${locale}`,
  ]);
  const ownerUrl = withLogin(adminUrl, owner, password, name);
  const { appUrl, roles } = await migrate({ ownerUrl, appPassword: password });
  return { adminUrl, name, ownerUrl, appUrl, acrossRole: roles.across };
}

type Server = { adminUrl: string; close(template: string): Promise<void> };

async function openServer(project: string): Promise<Server> {
  if (project === 'debian') {
    const postgres = await startDebianPostgres();
    return { adminUrl: postgres.adminUrl, close: () => postgres.remove() };
  }
  const given = process.env['GOALPOST_TEST_DATABASE_URL'];
  if (given) {
    return {
      adminUrl: given,
      close: async (template) => {
        const roles = [`${template}_app`, `${template}_across`, `${template}_owner`];
        await asAdmin(given, [
          `DROP DATABASE IF EXISTS ${escapeIdentifier(template)}`,
          ...roles.map((role) => `DROP ROLE IF EXISTS ${escapeIdentifier(role)}`),
        ]);
      },
    };
  }
  const dataDir = mkdtempSync(path.join(tmpdir(), 'goalpost-test-'));
  const log = { info: () => undefined, warn: console.warn, error: console.error };
  const postgres = await startEmbeddedPostgres({ dataDir, durable: false, log });
  return {
    adminUrl: postgres.url('postgres', 'postgres'),
    close: async () => {
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The embedded database's own locale where the server has it, which is from version 17 on. */
async function localeOf(adminUrl: string): Promise<string> {
  const [version] = await asAdmin(adminUrl, ["SELECT current_setting('server_version_num')::int / 10000 AS major"]);
  const major = Number(version?.['major']);
  return major >= 17 ? "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'" : "LOCALE 'C'";
}

async function asAdmin(adminUrl: string, statements: string[]): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) ({ rows } = await client.query<Record<string, unknown>>(statement));
    return rows;
  } finally {
    await client.end();
  }
}

function withLogin(url: string, login: string, password: string, database: string): string {
  const next = new URL(url);
  next.username = login;
  next.password = password;
  next.pathname = `/${database}`;
  return next.href;
}
