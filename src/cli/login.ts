import { hostname } from 'node:os';
import { text as readAll } from 'node:stream/consumers';
import { scopes } from '#contract/api-keys.ts';
import type { Language } from '#contract/terms.ts';
import { ask } from './ask.ts';
import { UsageError } from './failures.ts';
import { loginFile, readLogins, saveLogins } from './keep-login.ts';
import type { Parsed } from './parse-words.ts';
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
  const one = (name: (typeof loginOptions)[number]): string | undefined => {
    const value = options.get(name)?.at(-1);
    if (value === true) throw new UsageError(terminal.speech.say('wrong.no-value', { option: `--${name}` }));
    return value;
  };
  const address = chooseAddress(terminal, one('server'));
  if (options.has('key-stdin')) return rememberKey(terminal, address, (await readAll(terminal.stdin)).trim());
  const { speech, version } = terminal;
  const server: ServerOptions = { address, speech, version, headers: {} };
  const cookie = await signIn(terminal, server, {
    ...identify(options.has('sign-up'), one),
    passwordPiped: options.has('password-stdin'),
  });
  const person = openServer({ ...server, headers: { cookie } });
  try {
    const workspace = await findWorkspace(terminal, person, {
      told: one('workspace'),
      fresh: one('new-workspace'),
      zone: one('zone'),
      language: one('language'),
    });
    const { secret } = await person.client.apiKeys.create({
      workspaceId: workspace.id,
      name: `goalpost, ${hostname()}`.slice(0, 100),
      scopes: [...scopes],
      days: Number(one('days') ?? 90),
    } as never);
    return remember(terminal, address, { key: secret, workspace });
  } finally {
    await askSignIn({ ...server, headers: { cookie } }, 'sign-out', {}).catch(() => undefined);
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

async function findWorkspace(
  { speech }: Terminal,
  { client }: Server,
  {
    told,
    fresh,
    zone,
    language,
  }: { told: string | undefined; fresh: string | undefined; zone: string | undefined; language: string | undefined },
): Promise<{ id: string; name: string }> {
  if (fresh !== undefined) {
    return client.workspaces.create({
      name: fresh,
      zone: zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      language: (language ?? speech.language) as Language,
    });
  }
  const { workspaces } = await client.me.get();
  const meant = workspaces.filter(
    ({ id, name }) => told === undefined || id === told || name.toLowerCase() === told.toLowerCase(),
  );
  const [only] = meant;
  if (only && meant.length === 1) return only;
  if (workspaces.length === 0) throw new UsageError(speech.say('login.no-workspace'));
  const names = workspaces.map(({ id, name }) => `  ${id}  ${name}`).join('\n');
  throw new UsageError(`${speech.say('wrong.which-workspace')}\n${names}`);
}

/** Remembers a key after it has been seen to work. */
async function rememberKey(terminal: Terminal, address: string, key: string): Promise<LoggedIn> {
  const { speech, version } = terminal;
  const server = openServer({ address, speech, version, headers: { authorization: `Bearer ${key}` } });
  const workspace = await findWorkspace(terminal, server, {
    told: undefined,
    fresh: undefined,
    zone: undefined,
    language: undefined,
  });
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
  const told = options.get('server')?.at(-1);
  const address = chooseAddress(terminal, typeof told === 'string' ? told : undefined);
  const { servers, server } = readLogins(terminal.env);
  const { [address]: forgotten, ...others } = servers;
  void forgotten;
  saveLogins(terminal.env, { server: server === address ? null : server, servers: others });
  return { server: address };
}
