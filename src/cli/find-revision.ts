import type { Command } from './list-commands.ts';
import { listPages } from './list-pages.ts';
import type { Server } from './server.ts';

/**
 * The revision of what a command changes, as it stands now; null when it is not there. Who wants to be told of a change
 * made meanwhile names the revision they read.
 */
export async function findRevision(
  server: Server,
  { group, places }: Command,
  input: Readonly<Record<string, unknown>>,
): Promise<number | null> {
  const workspaceId = input['workspaceId'];
  const place = places.at(-1);
  if (server.has(group, 'get')) {
    const one = { workspaceId, ...(place ? { [place]: input[place] } : {}) };
    const { body } = await server.call(group, 'get', one);
    return (body as { revision?: number }).revision ?? null;
  }
  const items = (await listPages(server, group, 'list', { workspaceId })) as { id?: unknown; revision?: number }[];
  return items.find(({ id }) => place !== undefined && id === input[place])?.revision ?? null;
}
