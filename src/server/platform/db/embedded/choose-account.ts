import { execFile } from 'node:child_process';
import { chownSync, lstatSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { StartRefusal } from '../start-refusal.ts';
import type { Binaries } from './find-binaries.ts';

const run = promisify(execFile);

/** As whom PostgreSQL runs, since it refuses to be root. */
export type Account = {
  /** How it is told in the log. */
  readonly name: string;
  /** Who must own the cluster's files, or null when they are ours anyway. */
  readonly owner: User | null;
  /** Puts in front of a command what makes it run as this account and die with us. */
  wrap(command: string, args: readonly string[]): { command: string; args: string[] };
};

/**
 * Chooses the account under which PostgreSQL can run here and use the folder, by trying.
 *
 * An ordinary user stays itself. Root becomes the folder's owner where that is someone else, so
 * that they can start it without root again. Else it tries a user namespace, in which root's own
 * files look like an ordinary user's: no account is needed and folders closed to others stay
 * usable. Where namespaces are refused, as in most containers, it becomes the user nobody, who
 * keeps the right to pass closed folders only if it has to. Throws when nothing of that works.
 */
export async function chooseAccount(options: { folder: string; binaries: Binaries }): Promise<Account> {
  const failures: string[] = [];
  const { uid, gid } = lstatSync(options.folder);
  for (const account of candidates({ uid, gid })) {
    try {
      if (account.owner) chownSync(options.folder, account.owner.uid, account.owner.gid);
      const probe = account.wrap('/bin/sh', [
        '-c',
        'test -w "$1" && exec "$2" --version',
        'sh',
        options.folder,
        options.binaries.postgres,
      ]);
      if (process.platform !== 'win32') await run(probe.command, probe.args, { cwd: '/' });
      return account;
    } catch (error) {
      failures.push(`${account.name}: ${error instanceof Error ? error.message.trim() : String(error)}`);
    }
  }
  throw new StartRefusal(
    `PostgreSQL cannot be started in ${options.folder}. Tried:\n${failures.join('\n')}\n` +
      'Start Goalpost as an ordinary user, or set GOALPOST_DATABASE_URL to a PostgreSQL 15 or newer.',
  );
}

type User = { readonly uid: number; readonly gid: number };

function candidates(folderOwner: User): Account[] {
  const diesWithUs = ['setpriv', '--pdeathsig', 'INT'];
  if (process.platform !== 'linux') return [withPrefix('this user', null, [])];
  if (process.getuid?.() !== 0) {
    return [withPrefix('this user', null, diesWithUs), withPrefix('this user, without setpriv', null, [])];
  }
  const become = ({ uid, gid }: User, rights: string): string[] => [
    ...diesWithUs,
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    `--inh-caps=${rights}`,
    `--ambient-caps=${rights}`,
  ];
  const nobody = findNobody();
  const map = [`--map-user=${nobody.uid}`, `--map-group=${nobody.gid}`];
  const owner =
    folderOwner.uid === 0 ? [] : [withPrefix("the folder's owner", folderOwner, become(folderOwner, '-all'))];
  return [
    ...owner,
    withPrefix('a user namespace', { uid: 0, gid: 0 }, [...diesWithUs, 'unshare', '--user', ...map]),
    withPrefix('nobody', nobody, become(nobody, '-all')),
    withPrefix('nobody, passing closed folders', nobody, become(nobody, '-all,+dac_override,+dac_read_search')),
  ];
}

function withPrefix(name: string, owner: Account['owner'], prefix: readonly string[]): Account {
  return {
    name,
    owner,
    wrap(command, args) {
      const [first = command, ...rest] = [...prefix, command, ...args];
      return { command: first, args: rest };
    },
  };
}

/** PostgreSQL looks its user up by number, so it must be one that the machine knows. */
function findNobody(): User {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter((user) => user.uid > 0 && user.gid > 0);
  const user = users.find(({ name }) => name === 'nobody') ?? users[0];
  if (user === undefined)
    throw new StartRefusal('PostgreSQL refuses to run as root, and /etc/passwd names nobody else.');
  return user;
}
