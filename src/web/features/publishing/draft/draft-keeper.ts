import type { Post } from '#contract/posts.ts';
import { type DraftConflict, mergeDrafts, takeTheirs } from './merge-drafts.ts';
import { isBlank, isSame, type PostDraft, readDraft } from './post-draft.ts';

/**
 * `saved`: the server has all of it. `changed`: not sent yet. `unreachable`: no answer; tried again by itself.
 * `refused`: the server said no; tried again after the next change. `conflict`: someone else changed the same field.
 * In all of them the text is on the shelf of this browser as well.
 */
export type KeeperStatus = 'saved' | 'changed' | 'saving' | 'unreachable' | 'refused' | 'conflict';

export interface KeeperState {
  draft: PostDraft;
  postId: string | null;
  revision: number | null;
  status: KeeperStatus;
  conflicts: DraftConflict[];
  error: unknown;
}

export type SaveAnswer =
  | { kind: 'saved'; post: Post }
  | { kind: 'conflict'; current: Post }
  | { kind: 'unreachable' | 'refused'; error: unknown };

/** How the keeper reaches the server. */
export interface KeeperPort {
  /** The same `key` creates the post once, however often it is sent. */
  create(draft: PostDraft, key: string): Promise<SaveAnswer>;
  update(postId: string, revision: number, draft: PostDraft): Promise<SaveAnswer>;
}

/** What lies on the shelf: unsaved words with what they began from. */
export interface Shelved {
  draft: PostDraft;
  base: PostDraft;
  revision: number | null;
  /** A post that is being created: what was sent under which key, in case the answer was lost. */
  creating: { key: string; draft: PostDraft } | null;
  /** What was still to be decided; `base` is then what the other side wrote. */
  conflicts?: DraftConflict[];
}

export interface Shelf {
  read(): Shelved | null;
  write(shelved: Shelved): void;
  clear(): void;
}

export interface DraftKeeper {
  get(): KeeperState;
  subscribe(listener: () => void): () => void;
  /** Changes the draft. It is on the shelf before this returns. */
  change(part: Partial<PostDraft>): void;
  /** Saves what is not saved yet; resolves to whether everything is. */
  flush(): Promise<boolean>;
  /** Decides a conflict. */
  settle(conflict: DraftConflict, choice: 'mine' | 'theirs'): void;
  /** Takes over a post that the server answered with (after scheduling, say). */
  adopt(post: Post): void;
  stop(): void;
}

export interface KeeperOptions {
  /** The stored post, or null for a new one. */
  post: Post | null;
  /** What a new post begins with. */
  begin: PostDraft;
  port: KeeperPort;
  shelf: Shelf;
  makeKey: () => string;
  /** Saves by itself this long after the last change; null: only when told. */
  delayMs: number | null;
}

/** Keeps a draft: each change on the shelf at once, on the server soon, and never lost on the way. */
export function createDraftKeeper(options: KeeperOptions): DraftKeeper {
  const { port, shelf, makeKey } = options;
  let delayMs = options.delayMs;
  let base = options.post ? readDraft(options.post) : options.begin;
  let creating: Shelved['creating'] = null;
  let state: KeeperState = {
    draft: base,
    postId: options.post?.id ?? null,
    revision: options.post?.revision ?? null,
    status: 'saved',
    conflicts: [],
    error: null,
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;
  let failures = 0;
  const listeners = new Set<() => void>();

  const set = (part: Partial<KeeperState>) => {
    state = { ...state, ...part };
    for (const listener of listeners) listener();
  };
  const putOnShelf = () => {
    const { draft, revision, conflicts } = state;
    shelf.write({ draft, base, revision, creating, conflicts });
  };
  const isClean = () => isSame(state.draft, base);
  const plan = (ms: number | null) => {
    clearTimeout(timer);
    if (ms !== null) timer = setTimeout(() => void save(), ms);
  };

  takeFromShelf();

  return {
    get: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change: (part) => {
      set({ draft: { ...state.draft, ...part } });
      putOnShelf();
      if (state.status === 'conflict') return;
      if (state.status !== 'saving') set({ status: 'changed' });
      plan(delayMs);
    },
    flush: async () => {
      await save();
      return state.status === 'saved';
    },
    settle: (conflict, choice) => {
      const conflicts = state.conflicts.filter((it) => it.field !== conflict.field);
      const draft = choice === 'theirs' ? takeTheirs(state.draft, conflict) : state.draft;
      set({ draft, conflicts, status: conflicts.length > 0 ? 'conflict' : 'changed' });
      putOnShelf();
      if (conflicts.length === 0) plan(0);
    },
    adopt: (post) => {
      clearTimeout(timer);
      base = readDraft(post);
      delayMs = post.state === 'draft' ? (options.delayMs ?? 900) : null;
      set({ draft: base, postId: post.id, revision: post.revision, status: 'saved', conflicts: [], error: null });
      shelf.clear();
    },
    stop: () => clearTimeout(timer),
  };

  function takeFromShelf(): void {
    const shelved = shelf.read();
    if (!shelved || isSame(shelved.draft, shelved.base)) return;
    creating = state.postId === null ? shelved.creating : null;
    const open = shelved.conflicts ?? [];
    if (shelved.revision === state.revision) {
      set({ draft: shelved.draft, conflicts: open });
    } else {
      const { merged, conflicts } = mergeDrafts({ base: shelved.base, mine: shelved.draft, theirs: base });
      const others = open.filter((it) => !conflicts.some(({ field }) => field === it.field));
      set({ draft: merged, conflicts: [...others, ...conflicts] });
    }
    if (isClean() && !creating) {
      shelf.clear();
      return;
    }
    set({ status: state.conflicts.length > 0 ? 'conflict' : 'changed' });
    if (state.status === 'changed') plan(delayMs);
  }

  async function save(): Promise<void> {
    clearTimeout(timer);
    running ??= saveAll().finally(() => {
      running = null;
    });
    await running;
  }

  async function saveAll(): Promise<void> {
    for (;;) {
      if (state.status === 'conflict') return;
      if (isClean() && state.postId !== null) return finish();
      // A new post without a word is not worth a row.
      if (state.postId === null && !creating && isBlank(state.draft)) return;
      set({ status: 'saving' });
      const { sent, answer } = await sendOnce();
      if (answer.kind === 'saved') takeSaved(answer.post, sent);
      else if (answer.kind === 'conflict') takeConflict(answer.current);
      else return giveUpForNow(answer);
    }
  }

  async function sendOnce(): Promise<{ sent: PostDraft; answer: SaveAnswer }> {
    const { postId, revision } = state;
    if (postId !== null && revision !== null) {
      const sent = state.draft;
      return { sent, answer: await port.update(postId, revision, sent) };
    }
    creating ??= { key: makeKey(), draft: state.draft };
    putOnShelf();
    const { draft: sent, key } = creating;
    return { sent, answer: await port.create(sent, key) };
  }

  function takeSaved(post: Post, sent: PostDraft): void {
    failures = 0;
    const wasNew = state.postId === null;
    if (wasNew) shelf.clear();
    creating = null;
    base = sent;
    set({ postId: post.id, revision: post.revision, error: null });
    if (isClean()) finish();
    else putOnShelf();
  }

  function takeConflict(current: Post): void {
    const theirs = readDraft(current);
    const { merged, conflicts } = mergeDrafts({ base, mine: state.draft, theirs });
    base = theirs;
    set({
      draft: merged,
      revision: current.revision,
      conflicts,
      status: conflicts.length > 0 ? 'conflict' : 'changed',
    });
    putOnShelf();
  }

  function giveUpForNow(answer: { kind: 'unreachable' | 'refused'; error: unknown }): void {
    set({ status: answer.kind, error: answer.error });
    // What was refused will be refused again; and a refused creation made nothing, so its words may change.
    if (answer.kind === 'refused') {
      creating = null;
      return;
    }
    failures += 1;
    if (delayMs !== null) plan(Math.min(30_000, 1_000 * 2 ** failures));
  }

  function finish(): void {
    shelf.clear();
    set({ status: 'saved', error: null });
  }
}
