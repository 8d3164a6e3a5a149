import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { StartRefusal } from '../start-refusal.ts';
import type { Account } from './choose-account.ts';
import type { Binaries } from './find-binaries.ts';

const run = promisify(execFile);

/** The major version of the programs we bring; a cluster of another one cannot be opened by them. */
const MAJOR_VERSION = '18';

/**
 * Makes the cluster folder unless it is there, and sees that the account owns it.
 *
 * It is made under another name and renamed when complete, so a cluster is there whole or not at
 * all, whenever we are killed. Throws when the cluster was made by another major version.
 */
export async function makeCluster(options: {
  cluster: string;
  binaries: Binaries;
  account: Account;
  superuserPassword: string;
  durable: boolean;
}): Promise<void> {
  const { cluster, account } = options;
  if (!existsSync(cluster)) await initialise(options);
  const version = readFileSync(path.join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (version !== MAJOR_VERSION) {
    throw new StartRefusal(
      `The database in ${cluster} was made by PostgreSQL ${version}; this Goalpost brings ${MAJOR_VERSION}. Start the version that made it. Nothing was changed.`,
    );
  }
  if (account.owner && lstatSync(cluster).uid !== account.owner.uid) giveTo(cluster, account.owner);
  if (!account.owner) assertOurs(cluster);
}

async function initialise(options: Parameters<typeof makeCluster>[0]): Promise<void> {
  const { cluster, binaries, account } = options;
  // A name of its own each time: an initdb whose Goalpost was killed may still be writing.
  const draft = `${cluster}.new-${randomBytes(4).toString('hex')}`;
  const passwordFile = `${draft}.password`;
  removeDrafts(cluster);
  writeFileSync(passwordFile, `${options.superuserPassword}\n`, { mode: 0o600 });
  if (account.owner) chownSync(passwordFile, account.owner.uid, account.owner.gid);
  const { command, args } = account.wrap(binaries.initdb, [
    `--pgdata=${draft}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
    ...(options.durable ? [] : ['--no-sync']),
  ]);
  try {
    await run(command, args, { cwd: '/', env: {} });
  } catch (error) {
    removeDrafts(cluster);
    throw new StartRefusal(`The database could not be prepared in ${cluster}: ${whyOf(error)}`, { cause: error });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, cluster);
}

/** What initdb said last, which names the reason; it is long before that. */
function whyOf(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
  const lines = said.split('\n').filter((line) => /error|fatal|panic|could not|no space/i.test(line));
  if (/no space left/i.test(said)) return `the disk is full. Make room and start again.\n${lines.join('\n')}`;
  return lines.join('\n') || String(error);
}

function removeDrafts(cluster: string): void {
  const folder = path.dirname(cluster);
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith(`${path.basename(cluster)}.new`))) {
    rmSync(path.join(folder, name), { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}

function giveTo(folder: string, owner: { uid: number; gid: number }): void {
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(folder, entry);
    const found = lstatSync(file, { throwIfNoEntry: false });
    if (found && !found.isSymbolicLink()) chownSync(file, owner.uid, owner.gid);
  }
  chownSync(folder, owner.uid, owner.gid);
}

function assertOurs(folder: string): void {
  const uid = process.getuid?.();
  const owner = lstatSync(folder).uid;
  if (uid !== undefined && owner !== uid) {
    throw new StartRefusal(
      `The database in ${folder} belongs to the user with id ${owner}; start Goalpost as that user.`,
    );
  }
}
