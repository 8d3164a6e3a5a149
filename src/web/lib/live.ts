import { type Query, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { afterPaint } from './after-paint.ts';
import { type LiveChange, openLive } from './open-live.ts';

/**
 * Keeps a workspace's screens true while they are looked at: what changes there, by whomever, is asked for anew. Once,
 * in the shell. `onOver` runs when the person may not look any more.
 */
export function useLiveStream(workspaceId: string | undefined, onOver: () => void): void {
  const queries = useQueryClient();
  const over = useRef(onOver);
  over.current = onOver;
  useEffect(() => {
    if (workspaceId === undefined) return;
    const gather = gatherChanges((changes) => {
      void queries.invalidateQueries({ predicate: (query) => isAffected(query, workspaceId, changes) });
    });
    let close: (() => void) | undefined;
    const stay = afterPaint(() => {
      close = openLive(`/api/workspaces/${workspaceId}/live`, { tell: gather.add, over: () => over.current() });
    });
    return () => {
      stay();
      close?.();
      gather.stop();
    };
  }, [workspaceId, queries]);
}

/** Screens ask anew at most once in this time, however much happens. */
const APART_MS = 1_000;

/** Tells the first change at once, and what follows together. */
function gatherChanges(tell: (changes: readonly LiveChange[]) => void): {
  add: (changes: readonly LiveChange[]) => void;
  stop: () => void;
} {
  let waiting: LiveChange[] | 'anything' | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    if (waiting === null) return;
    const told = waiting === 'anything' ? [] : waiting;
    waiting = null;
    timer = setTimeout(flush, APART_MS);
    tell(told);
  };
  return {
    add(changes) {
      waiting = changes.length === 0 || waiting === 'anything' ? 'anything' : [...(waiting ?? []), ...changes];
      if (timer === undefined) flush();
    },
    stop: () => clearTimeout(timer),
  };
}

/** Which groups of operations say something else after a change, by the noun of its kind. */
const groupsOf: Record<string, readonly string[]> = {
  delivery: ['deliveries', 'publishing', 'posts', 'analytics', 'channels', 'page', 'practice', 'today'],
  post: ['posts', 'deliveries', 'publishing', 'channels', 'today'],
  hold: ['publishing', 'deliveries', 'posts', 'today'],
  publishing: ['publishing', 'deliveries', 'posts', 'today'],
  figures: ['analytics', 'page', 'today'],
  goal: ['goals', 'analytics', 'today', 'onboarding'],
  objective: ['objectives', 'goals', 'today', 'onboarding'],
  initiative: ['initiatives', 'goals', 'analytics', 'today'],
  channel: ['channels', 'reconnectLinks', 'page', 'publishing', 'deliveries', 'posts', 'today', 'onboarding'],
  reconnectLink: ['reconnectLinks'],
  page: ['page', 'channels', 'today'],
  media: ['media'],
  member: ['members', 'me', 'notices'],
  workspace: ['workspaces', 'me', 'today'],
  notice: ['notices'],
};

/** Whether a query may have another answer after these changes. */
export function isAffected(
  { queryKey }: Pick<Query, 'queryKey'>,
  workspaceId: string,
  changes: readonly LiveChange[],
): boolean {
  const [path] = queryKey as [unknown];
  const group = Array.isArray(path) ? String(path[0]) : '';
  const isOfPerson = group === 'me';
  if (!isOfPerson && !JSON.stringify(queryKey).includes(workspaceId)) return false;
  return changes.length === 0 || changes.some(({ kind }) => groupsOf[nounOf(kind)]?.includes(group) === true);
}

/** Facts are named after one thing, operations after their group. */
const nounOf = (kind: string): string => {
  const [noun = ''] = kind.split('.');
  return noun === 'deliveries' ? 'delivery' : noun in groupsOf ? noun : noun.replace(/s$/, '');
};
