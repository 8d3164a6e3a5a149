import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Post } from '#contract/posts.ts';
import { createDraftKeeper, type KeeperPort, type SaveAnswer, type Shelf, type Shelved } from './draft-keeper.ts';
import { beginDraft, emptyPart, type PostDraft } from './post-draft.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const say = (text: string): PostDraft['content'] => ({ parts: [{ ...emptyPart, text }] });

/** A server that keeps one post, and can be cut off. */
function makeServer() {
  let stored: { draft: PostDraft; revision: number } | null = null;
  let line: 'up' | 'down' | 'answer-lost' = 'up';
  const keys = new Set<string>();
  const present = (): Post => {
    if (!stored) throw new Error('Nothing stored.');
    const { draft, revision } = stored;
    const variants = Object.entries(draft.variants).map(([channelId, content]) => ({ channelId, content }));
    return { ...draft, id: 'p1', revision, state: 'draft', variants } as unknown as Post;
  };
  const answer = (made: SaveAnswer): SaveAnswer =>
    line === 'answer-lost' ? { kind: 'unreachable', error: 'lost' } : made;
  const port: KeeperPort = {
    create: async (draft, key) => {
      if (line === 'down') return { kind: 'unreachable', error: 'down' };
      if (!keys.has(key)) stored = { draft, revision: 1 };
      keys.add(key);
      return answer({ kind: 'saved', post: present() });
    },
    update: async (_id, revision, draft) => {
      if (line === 'down') return { kind: 'unreachable', error: 'down' };
      if (stored?.revision !== revision) return answer({ kind: 'conflict', current: present() });
      stored = { draft, revision: revision + 1 };
      return answer({ kind: 'saved', post: present() });
    },
  };
  return {
    port,
    present,
    created: () => keys.size,
    stored: () => stored,
    store: (draft: PostDraft) => {
      stored = { draft, revision: (stored?.revision ?? 0) + 1 };
    },
    cut: (to: typeof line) => {
      line = to;
    },
  };
}

function makeShelf(): Shelf & { lying: () => Shelved | null } {
  let lying: string | null = null;
  return {
    read: () => (lying === null ? null : (JSON.parse(lying) as Shelved)),
    write: (it) => {
      lying = JSON.stringify(it);
    },
    clear: () => {
      lying = null;
    },
    lying: () => (lying === null ? null : (JSON.parse(lying) as Shelved)),
  };
}

function open(server: ReturnType<typeof makeServer>, shelf: Shelf, post: Post | null = null) {
  let count = 0;
  return createDraftKeeper({
    post,
    begin: beginDraft('en'),
    port: server.port,
    shelf,
    makeKey: () => {
      count += 1;
      return `${Math.random()} ${count}`;
    },
    delayMs: 900,
  });
}

test('a change is on the shelf at once and on the server after a moment', async () => {
  const [server, shelf] = [makeServer(), makeShelf()];
  const keeper = open(server, shelf);
  keeper.change({ content: say('Hello') });
  expect(shelf.lying()?.draft.content).toEqual(say('Hello'));
  expect(keeper.get().status).toBe('changed');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(server.stored()?.draft.content).toEqual(say('Hello'));
  expect(keeper.get()).toMatchObject({ status: 'saved', postId: 'p1' });
  expect(shelf.lying()).toBeNull();
});

test('a new post without a word is not stored', async () => {
  const server = makeServer();
  const keeper = open(server, makeShelf());
  keeper.change({ language: 'th' });
  await keeper.flush();
  expect(server.stored()).toBeNull();
});

test('words written while the line is down are saved when it is back', async () => {
  const [server, shelf] = [makeServer(), makeShelf()];
  const keeper = open(server, shelf);
  server.cut('down');
  keeper.change({ content: say('Offline') });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(keeper.get().status).toBe('unreachable');
  expect(shelf.lying()?.draft.content).toEqual(say('Offline'));
  server.cut('up');
  await vi.advanceTimersByTimeAsync(40_000);
  expect(server.stored()?.draft.content).toEqual(say('Offline'));
  expect(keeper.get().status).toBe('saved');
});

test('a lost answer to the first save does not make a second post, also after a reload and another word', async () => {
  const [server, shelf] = [makeServer(), makeShelf()];
  const keeper = open(server, shelf);
  server.cut('answer-lost');
  keeper.change({ content: say('One') });
  await vi.advanceTimersByTimeAsync(1_000);
  keeper.stop();
  const again = open(server, shelf);
  expect(again.get().draft.content).toEqual(say('One'));
  again.change({ content: say('One and two') });
  server.cut('up');
  await again.flush();
  expect(server.created()).toBe(1);
  expect(server.stored()?.draft.content).toEqual(say('One and two'));
});

test('a lost answer to a later save is no conflict with oneself', async () => {
  const [server, shelf] = [makeServer(), makeShelf()];
  server.store({ ...beginDraft('en'), content: say('One') });
  const keeper = open(server, shelf, server.present());
  server.cut('answer-lost');
  keeper.change({ content: say('Two') });
  await vi.advanceTimersByTimeAsync(1_000);
  server.cut('up');
  await keeper.flush();
  expect(keeper.get()).toMatchObject({ status: 'saved', conflicts: [] });
  expect(server.stored()?.draft.content).toEqual(say('Two'));
});

test('another person’s change to another field is taken in without a question', async () => {
  const server = makeServer();
  server.store({ ...beginDraft('en'), content: say('One') });
  const keeper = open(server, makeShelf(), server.present());
  server.store({ ...beginDraft('en'), content: say('One'), pillar: 'proof' });
  keeper.change({ content: say('Two') });
  await keeper.flush();
  expect(server.stored()?.draft).toMatchObject({ content: say('Two'), pillar: 'proof' });
});

test('when both changed the same text nothing is overwritten until someone decides', async () => {
  const [server, shelf] = [makeServer(), makeShelf()];
  server.store({ ...beginDraft('en'), content: say('One') });
  const keeper = open(server, shelf, server.present());
  server.store({ ...beginDraft('en'), content: say('Theirs') });
  keeper.change({ content: say('Mine') });
  expect(await keeper.flush()).toBe(false);
  expect(server.stored()?.draft.content).toEqual(say('Theirs'));
  expect(keeper.get()).toMatchObject({ status: 'conflict', draft: { content: say('Mine') } });
  expect(shelf.lying()?.draft.content).toEqual(say('Mine'));
  const [conflict] = keeper.get().conflicts;
  if (!conflict) throw new Error('No conflict to settle.');
  keeper.settle(conflict, 'mine');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(server.stored()?.draft.content).toEqual(say('Mine'));
});

test('unsaved words meet a newer version on the server when the page is opened again', async () => {
  const [server, shelf] = [makeServer(), makeShelf()];
  server.store({ ...beginDraft('en'), content: say('One') });
  const keeper = open(server, shelf, server.present());
  server.cut('down');
  keeper.change({ content: say('Mine') });
  keeper.stop();
  server.cut('up');
  server.store({ ...beginDraft('th'), content: say('One') });
  const again = open(server, shelf, server.present());
  await again.flush();
  expect(server.stored()?.draft).toMatchObject({ content: say('Mine'), language: 'th' });
});
