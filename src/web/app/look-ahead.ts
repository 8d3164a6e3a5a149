import type { QueryClient } from '@tanstack/react-query';
import { api } from '../lib/api.ts';
import { lastWorkspace } from '../lib/last-workspace.ts';

/** What the address leads to, as far as it can be told before anything is asked. */
interface Ahead {
  workspaceId: string;
  isToday: boolean;
}

/**
 * Asks at once for what the shell and the first screen will ask for one after the other: by then it is here. Returns
 * the texts that they need besides those of every screen.
 */
export function lookAhead(queries: QueryClient): string[] {
  const ahead = readAddress(window.location.pathname);
  if (!ahead) return [];
  const input = { workspaceId: ahead.workspaceId };
  void queries.prefetchQuery(api.me.get.queryOptions());
  if (ahead.isToday) void queries.prefetchQuery(api.today.get.queryOptions({ input }));
  // What stands above every screen: come late, it pushes down what is being read.
  void queries.prefetchQuery(api.publishing.health.queryOptions({ input }));
  void queries.prefetchQuery(api.publishing.holds.queryOptions({ input }));
  void import('./shell/shell.tsx');
  if (ahead.isToday) void import('./routes/today.tsx');
  return ahead.isToday ? ['notices', 'today'] : ['notices'];
}

function readAddress(pathname: string): Ahead | null {
  const [, first, workspaceId, room] = pathname.split('/');
  if (first === 'w' && workspaceId)
    return { workspaceId, isToday: room === undefined || room === '' || room === 'today' };
  const last = pathname === '/' ? lastWorkspace() : null;
  return last === null ? null : { workspaceId: last, isToday: true };
}
