import { z } from 'zod';
import type { Database } from '../db/index.ts';
import type { Log } from '../log/index.ts';
import type { Change } from './changes.ts';

/** Somebody who looks at a workspace now. */
export interface Viewer {
  workspaceId: string;
  personId: string;
  /** Whether they may look at what a change of this kind is about. */
  maySee(kind: string): boolean;
  /** Some things changed; an empty list: anything may have. */
  tell(changes: readonly Change[]): void;
  /** Keeps the way open through proxies that close what is silent. */
  beat(): void;
  /** Whether they may still look; asked now and then. */
  stillMay(): Promise<boolean>;
  /** They may not look any more, or this process ends. `isOver`: asking again is of no use. */
  end(isOver: boolean): void;
}

/** Tells viewers what changes in their workspaces. One connection to the database serves all of a process. */
export interface Live {
  /** Takes a viewer in, and returns how they leave; null when this person looks from too many places already. */
  admit(viewer: Viewer): Promise<(() => void) | null>;
  close(): Promise<void>;
}

/** Streams of one person in one process: tabs that are looked at, on a few devices. */
const MOST_EACH = 12;
/** Changes that come together are told together. */
const GATHER_MS = 150;
/** Below the minute after which common proxies close a silent connection. */
const BEAT_MS = 20_000;
/** Membership and session are looked at again after so many beats. */
const BEATS_TO_ASK = 3;
/** Named one by one up to this many at once; beyond, everything is looked at again. */
const MOST_NAMED = 60;

const Notice = z.object({
  workspaceId: z.string(),
  changes: z.array(
    z.object({ kind: z.string(), ids: z.record(z.string(), z.string()), personId: z.string().optional() }),
  ),
});

export interface LiveOptions {
  db: Database;
  log: Log;
  beatMs?: number;
  /** How the installation stands, in short: nobody tells of a worker that died, so it is asked while somebody looks. */
  standing?: () => Promise<string>;
}

/** Makes the live side of a process. It listens from its first viewer on. */
export function createLive({ db, log, beatMs = BEAT_MS, standing }: LiveOptions): Live {
  const viewers = new Map<string, Set<Viewer>>();
  const waiting = new Map<string, Change[] | 'anything'>();
  let gathering: NodeJS.Timeout | undefined;
  let beating: NodeJS.Timeout | undefined;
  let beats = 0;
  let listening: Promise<() => Promise<void>> | null = null;
  /** The first try to listen is over; until then nobody is told anything, and nobody has missed anything. */
  let hasBegun = false;
  let isClosed = false;
  let stood: string | null = null;

  const all = () => [...viewers.values()].flatMap((each) => [...each]);
  const leave = (viewer: Viewer) => {
    const beside = viewers.get(viewer.workspaceId);
    beside?.delete(viewer);
    if (beside?.size === 0) viewers.delete(viewer.workspaceId);
  };
  const end = (viewer: Viewer, isOver: boolean) => {
    leave(viewer);
    viewer.end(isOver);
  };

  const tellAll = () => {
    gathering = undefined;
    const told = [...waiting];
    waiting.clear();
    for (const [workspaceId, changes] of told) {
      for (const viewer of viewers.get(workspaceId) ?? []) {
        const isMine = ({ kind, personId }: Change) =>
          (personId === undefined || personId === viewer.personId) && viewer.maySee(kind);
        const mine = changes === 'anything' ? [] : changes.filter(isMine);
        if (changes === 'anything' || mine.length > 0) viewer.tell(mine.length > MOST_NAMED ? [] : mine);
      }
    }
  };
  const gather = (workspaceId: string, changes: readonly Change[]) => {
    const before = waiting.get(workspaceId) ?? [];
    const anything = changes.length === 0 || before === 'anything';
    waiting.set(workspaceId, anything ? 'anything' : [...before, ...changes].slice(0, 2 * MOST_NAMED));
    gathering ??= setTimeout(tellAll, GATHER_MS);
  };

  const hear = (payload?: string) => {
    // Without a word: the connection is new, and what was said meanwhile is not known.
    if (payload === undefined) {
      if (!hasBegun) return;
      for (const workspaceId of viewers.keys()) gather(workspaceId, []);
      return;
    }
    const parsed = Notice.safeParse(readJson(payload));
    if (!parsed.success) return log.warn({}, 'a live notice could not be read');
    const { workspaceId } = parsed.data;
    const beside = viewers.get(workspaceId);
    if (!beside) return;
    const changes = parsed.data.changes.map(({ personId, ...change }) => (personId ? { ...change, personId } : change));
    for (const { kind, ids } of changes) {
      // With another role they come back at once, and see what that one may.
      if (kind !== 'member.removed' && kind !== 'member.role-changed') continue;
      for (const viewer of beside) if (viewer.personId === ids['personId']) end(viewer, kind === 'member.removed');
    }
    gather(workspaceId, changes);
  };

  const lookAround = async () => {
    const stands = await standing?.();
    if (stands === undefined || stands === stood) return;
    if (stood !== null)
      for (const workspaceId of viewers.keys()) gather(workspaceId, [{ kind: 'publishing.stands', ids: {} }]);
    stood = stands;
  };

  const beat = () => {
    beats += 1;
    if (viewers.size > 0) lookAround().catch((error) => log.warn({ err: error }, 'nobody could look how things stand'));
    for (const viewer of all()) {
      viewer.beat();
      if (beats % BEATS_TO_ASK !== 0) continue;
      viewer.stillMay().then(
        (may) => (may ? undefined : end(viewer, true)),
        // The database is away: they see nothing new of it either.
        () => undefined,
      );
    }
  };

  return {
    async admit(viewer) {
      if (isClosed || all().filter((it) => it.personId === viewer.personId).length >= MOST_EACH) return null;
      viewers.set(viewer.workspaceId, (viewers.get(viewer.workspaceId) ?? new Set()).add(viewer));
      beating ??= setInterval(beat, beatMs).unref();
      listening ??= db.listen('live', hear);
      await listening;
      hasBegun = true;
      return () => leave(viewer);
    },
    async close() {
      isClosed = true;
      clearTimeout(gathering);
      clearInterval(beating);
      for (const viewer of all()) end(viewer, false);
      await (await listening)?.();
    },
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
