import { accessSync, constants, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** What `goalpost login` remembers of one server. */
export interface Login {
  key: string;
  workspaceId: string;
}

/** All that is remembered. */
export interface Logins {
  /** The server logged in to last; used when none is named. */
  server: string | null;
  servers: Record<string, Login>;
}

/** Where it is kept: the person's own configuration folder. */
export const loginFile = (env: Env): string =>
  path.join(env['XDG_CONFIG_HOME'] || path.join(env['HOME'] || homedir(), '.config'), 'goalpost', 'login.json');

/** What is remembered; nothing when there is no file or it cannot be read. */
export function readLogins(env: Env): Logins {
  try {
    const read = JSON.parse(readFileSync(loginFile(env), 'utf8')) as Partial<Logins>;
    return { server: read.server ?? null, servers: read.servers ?? {} };
  } catch {
    return { server: null, servers: {} };
  }
}

/** Makes the folder it is kept in; throws where nothing can be written there. */
export function prepareFolder(env: Env): void {
  const folder = path.dirname(loginFile(env));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  accessSync(folder, constants.W_OK);
}

/** Remembers, readable for this person alone; never half written. */
export function saveLogins(env: Env, logins: Logins): void {
  const file = loginFile(env);
  prepareFolder(env);
  const draft = `${file}.${process.pid}`;
  rmSync(draft, { force: true });
  writeFileSync(draft, `${JSON.stringify(logins, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(draft, file);
}
