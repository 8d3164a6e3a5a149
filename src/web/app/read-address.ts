import { lastWorkspace } from '../lib/last-workspace.ts';

/** What the address leads to, as far as it can be told before anything is asked. */
interface Ahead {
  workspaceId: string;
  isToday: boolean;
  /** The texts needed besides those of every screen. */
  texts: string[];
  /** What the shell and the screen will ask the server. */
  answers: string[];
}

/** Reads the address of the page; null when it leads into no workspace. */
export function readAddress(): Ahead | null {
  const [, first, workspaceId, room] = window.location.pathname.split('/');
  if (first === 'w' && workspaceId) return lookInto(workspaceId, !room || room === 'today');
  const last = window.location.pathname === '/' ? lastWorkspace() : null;
  return last === null ? null : lookInto(last, true);
}

function lookInto(workspaceId: string, isToday: boolean): Ahead {
  const inside = `/api/workspaces/${workspaceId}`;
  return {
    workspaceId,
    isToday,
    texts: isToday ? ['notices', 'today'] : ['notices', 'web'],
    answers: [
      '/api/me',
      ...(isToday ? [`${inside}/today`] : []),
      // What stands above every screen: come late, it pushes down what is being read.
      `${inside}/publishing/health`,
      `${inside}/holds`,
      `${inside}/notices/unread`,
      `${inside}/channels?limit=200`,
    ],
  };
}
