import { UsageError } from './failures.ts';
import { readLogins } from './keep-login.ts';
import { pickWorkspace } from './pick-workspace.ts';
import { openServer, type Server } from './server.ts';
import type { Terminal } from './terminal.ts';

const usualServer = 'http://localhost:4400';
const anyId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Options that say where and as whom. */
export interface Whereabouts {
  server?: string | undefined;
  workspace?: string | undefined;
  idempotencyKey?: string | undefined;
}

/** The server's address: as told, as set, as logged in to last, or the usual one on this machine. */
export function chooseAddress({ env, speech }: Terminal, told: string | undefined): string {
  const address = told ?? (env['GOALPOST_SERVER'] || readLogins(env).server || usualServer);
  if (!/^https?:\/\//.test(address) || !URL.canParse(address))
    throw new UsageError(speech.say('wrong.address', { address }));
  return trim(address);
}

const trim = (address: string): string => address.replace(/\/+$/, '').replace(/\/api$/, '');

/** The key that is set. Where a server is set beside it, it is that server's, and no other is shown it. */
function readSetKey({ env }: Terminal, address: string): string | undefined {
  const server = env['GOALPOST_SERVER'];
  return server && trim(server) !== address ? undefined : env['GOALPOST_API_KEY'] || undefined;
}

/** Opens the server as the key of this person. */
export function reachServer(terminal: Terminal, { server, idempotencyKey }: Whereabouts): Server {
  const { env, speech, version } = terminal;
  const address = chooseAddress(terminal, server);
  const key = readSetKey(terminal, address) ?? readLogins(env).servers[address]?.key;
  return openServer({
    address,
    speech,
    version,
    headers: key ? { authorization: `Bearer ${key}` } : {},
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  });
}

/** The workspace meant: by id or name as told, as set, as logged in to, or the only one there is. */
export async function chooseWorkspace(terminal: Terminal, server: Server, told: string | undefined): Promise<string> {
  const { env, speech } = terminal;
  // A key that is set goes with its own workspace, not with the one of another key that was remembered.
  const remembered = readSetKey(terminal, server.address)
    ? undefined
    : readLogins(env).servers[server.address]?.workspaceId;
  const wished = told ?? (env['GOALPOST_WORKSPACE'] || remembered);
  if (wished !== undefined && anyId.test(wished)) return wished;
  const { workspaces } = await server.client.me.get();
  return pickWorkspace(speech, workspaces, wished).id;
}
