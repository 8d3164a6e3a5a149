import { hostname } from 'node:os';
import { text as readAll } from 'node:stream/consumers';
import { scopes } from '#contract/api-keys.ts';
import type { Language } from '#contract/terms.ts';
import { ask } from './ask.ts';
import { UsageError } from './failures.ts';
import { loginFile, prepareFolder, readLogins, saveLogins } from './keep-login.ts';
import type { Parsed } from './parse-words.ts';
import { pickWorkspace } from './pick-workspace.ts';
import { chooseAddress } from './reach-server.ts';
import { askSignIn, openServer, type Server, type ServerOptions } from './server.ts';
import type { Terminal } from './terminal.ts';

/** Options of `goalpost login`. */
export const loginOptions = [
  'server',
  'sign-up',
  'name',
  'email',
  'password-stdin',
  'key-stdin',
  'workspace',
  'new-workspace',
  'zone',
  'language',
  'days',
] as const;

/** What logging in leaves behind. */
export interface LoggedIn {
  server: string;
  workspaceId: string;
  workspace: string;
  /** Where the key is kept. */
  file: string;
}

/**
 * Signs a person in, makes an API key for this machine in one of their workspaces, and remembers it; the session is
 * ended again. With `--sign-up` the person is made first, with `--new-workspace` the workspace. With `--key-stdin` a
 * key made before is remembered.
 */
export async function logIn(terminal: Terminal, { options }: Parsed): Promise<LoggedIn> {
  const one = (name: (typeof loginOptions)[number]): string | undefined => readOne(terminal, options, name);
  const address = chooseAddress(terminal, one('server'));
  const days = readDays(terminal, one('days'));
  prepareFile(terminal);
  if (options.has('key-stdin')) return rememberKey(terminal, address, (await readAll(terminal.stdin)).trim());
  const { speech, version } = terminal;
  const server: ServerOptions = { address, speech, version, headers: {} };
  const cookie = await signIn(terminal, server, {
    ...identify(options.has('sign-up'), one),
    passwordPiped: options.has('password-stdin'),
  });
  const person = openServer({ ...server, headers: { cookie } });
  try {
    const fresh = one('new-workspace');
    const workspace =
      fresh === undefined
        ? await findWorkspace(terminal, person, one('workspace'))
        : await openWorkspace(terminal, person, { name: fresh, zone: one('zone'), language: one('language') });
    const { secret } = await person.client.apiKeys.create({
      workspaceId: workspace.id,
      name: `goalpost, ${hostname()}`.slice(0, 100),
      scopes: [...scopes],
      days,
    } as never);
    return remember(terminal, address, { key: secret, workspace });
  } finally {
    await askSignIn({ ...server, headers: { cookie } }, 'sign-out', {}).catch(() => undefined);
  }
}

function readOne({ speech }: Terminal, options: Parsed['options'], name: string): string | undefined {
  const value = options.get(name)?.at(-1);
  if (value === true) throw new UsageError(speech.say('wrong.no-value', { option: `--${name}` }));
  return value;
}

/** What is no number is refused here: on the wire it would be null, and the key would never expire. */
function readDays({ speech }: Terminal, value = '90'): number {
  if (!/^\d{1,4}$/.test(value)) throw new UsageError(speech.say('wrong.value', { option: '--days', value }));
  return Number(value);
}

/** Sees that a key can be kept before one is made. */
function prepareFile({ env, speech }: Terminal): void {
  try {
    prepareFolder(env);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(speech.say('login.not-kept', { file: loginFile(env), reason }));
  }
}

interface Identity {
  signUp: boolean;
  name: string | undefined;
  email: string | undefined;
}

const identify = (signUp: boolean, one: (name: 'name' | 'email') => string | undefined): Identity => ({
  signUp,
  name: one('name'),
  email: one('email'),
});

/** Gives the session's cookie. */
async function signIn(
  terminal: Terminal,
  server: ServerOptions,
  { signUp, passwordPiped, ...given }: Identity & { passwordPiped: boolean },
): Promise<string> {
  const { speech } = terminal;
  const name = signUp ? (given.name ?? (await ask(terminal, speech.say('login.name')))) : undefined;
  const email = given.email ?? (await ask(terminal, speech.say('login.email')));
  const password = passwordPiped
    ? (await readAll(terminal.stdin)).replace(/\r?\n$/, '')
    : await ask(terminal, speech.say('login.password'), { secret: true });
  const body = { ...(name === undefined ? {} : { name }), email, password };
  const { cookie } = await askSignIn(server, signUp ? 'sign-up/email' : 'sign-in/email', body);
  if (cookie === '') throw new UsageError(speech.say('login.confirm'));
  return cookie;
}

interface NewWorkspace {
  name: string;
  zone: string | undefined;
  language: string | undefined;
}

const openWorkspace = ({ speech }: Terminal, { client }: Server, { name, zone, language }: NewWorkspace) =>
  client.workspaces.create({
    name,
    zone: zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    language: (language ?? speech.language) as Language,
  });

const findWorkspace = async ({ speech }: Terminal, { client }: Server, told?: string) =>
  pickWorkspace(speech, (await client.me.get()).workspaces, told);

/** Remembers a key after it has been seen to work. */
async function rememberKey(terminal: Terminal, address: string, key: string): Promise<LoggedIn> {
  const { speech, version } = terminal;
  const server = openServer({ address, speech, version, headers: { authorization: `Bearer ${key}` } });
  const workspace = await findWorkspace(terminal, server);
  return remember(terminal, address, { key, workspace });
}

function remember(
  { env }: Terminal,
  address: string,
  { key, workspace }: { key: string; workspace: { id: string; name: string } },
): LoggedIn {
  const { servers } = readLogins(env);
  saveLogins(env, { server: address, servers: { ...servers, [address]: { key, workspaceId: workspace.id } } });
  return { server: address, workspaceId: workspace.id, workspace: workspace.name, file: loginFile(env) };
}

/** Forgets the key of a server. The key itself goes on until it expires or is revoked. */
export function logOut(terminal: Terminal, { options }: Parsed): { server: string } {
  const address = chooseAddress(terminal, readOne(terminal, options, 'server'));
  const { servers, server } = readLogins(terminal.env);
  const { [address]: forgotten, ...others } = servers;
  void forgotten;
  saveLogins(terminal.env, { server: server === address ? null : server, servers: others });
  return { server: address };
}
