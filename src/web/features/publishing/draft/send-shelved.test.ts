import { expect, test } from 'vitest';
import type { Post } from '#contract/posts.ts';
import type { SaveAnswer, Shelf, Shelved } from './draft-keeper.ts';
import { createDraftKeeper } from './draft-keeper.ts';
import { beginDraft, emptyPart, type PostDraft, readDraft } from './post-draft.ts';
import { type ShelfPort, sendShelved } from './send-shelved.ts';

const say = (text: string): PostDraft => ({ ...beginDraft('en'), content: { parts: [{ ...emptyPart, text }] } });

/** A server with posts and revisions, which can be cut off or lose its answers. */
function makeServer() {
  const posts = new Map<string, { draft: PostDraft; revision: number; state: Post['state'] }>();
  const keys = new Map<string, string>();
  let line: 'up' | 'down' | 'answer-lost' = 'up';
  const present = (id: string): Post => {
    const found = posts.get(id);
    if (!found) throw new Error(`No post ${id}.`);
    const variants = Object.entries(found.draft.variants).map(([channelId, content]) => ({ channelId, content }));
    return { ...found.draft, id, revision: found.revision, state: found.state, variants } as unknown as Post;
  };
  const answer = (made: SaveAnswer): SaveAnswer =>
    line === 'answer-lost' ? { kind: 'unreachable', error: 'lost' } : made;
  const port: ShelfPort = {
    find: async (id) => (line === 'down' ? 'unreachable' : posts.has(id) ? present(id) : 'gone'),
    create: async (draft, key) => {
      if (line === 'down') return { kind: 'unreachable', error: 'down' };
      const id = keys.get(key) ?? `p${posts.size + 1}`;
      if (!keys.has(key)) posts.set(id, { draft, revision: 1, state: 'draft' });
      keys.set(key, id);
      return answer({ kind: 'saved', post: present(id) });
    },
    update: async (id, revision, draft) => {
      if (line === 'down') return { kind: 'unreachable', error: 'down' };
      const found = posts.get(id);
      if (found?.revision !== revision) return answer({ kind: 'conflict', current: present(id) });
      posts.set(id, { ...found, draft, revision: revision + 1 });
      return answer({ kind: 'saved', post: present(id) });
    },
  };
  return {
    posts,
    port,
    present,
    cut: (to: typeof line) => {
      line = to;
    },
  };
}

interface TestShelf extends Shelf {
  lying: () => (Shelved & { postId: string | null }) | null;
  track: (getPostId: () => string | null) => Shelf;
}

function makeShelf(lying: Shelved, postId: string | null = null): TestShelf {
  let kept: string | null = JSON.stringify({ ...lying, postId });
  let getPostId = (): string | null => postId;
  const read = () => (kept === null ? null : JSON.parse(kept));
  const shelf: TestShelf = {
    read,
    write: (it) => {
      kept = JSON.stringify({ ...it, postId: getPostId() });
    },
    clear: () => {
      kept = null;
    },
    lying: read,
    track: (asked) => {
      getPostId = asked;
      return shelf;
    },
  };
  return shelf;
}

/** Sends what lies there, as it lies there now. */
const send = (shelf: TestShelf, port: ShelfPort) =>
  sendShelved({ postId: shelf.lying()?.postId ?? null, openShelf: shelf.track }, { port, makeKey });

let made = 0;
const makeKey = () => {
  made += 1;
  return `key ${made}`;
};
const newOne = (text: string): Shelved => ({
  draft: say(text),
  base: beginDraft('en'),
  revision: null,
  creating: null,
});
const textOf = (draft: PostDraft | undefined) => draft?.content.parts[0]?.text;

test('words written offline become one post, also when the answer is lost on the way', async () => {
  const [server, shelf] = [makeServer(), makeShelf(newOne('Rye'))];
  server.cut('down');
  expect(await send(shelf, server.port)).toBe(false);
  expect(textOf(shelf.lying()?.draft)).toBe('Rye');
  server.cut('answer-lost');
  expect(await send(shelf, server.port)).toBe(false);
  server.cut('up');
  expect(await send(shelf, server.port)).toBe(true);
  expect([...server.posts.values()].map(({ draft }) => textOf(draft))).toEqual(['Rye']);
  expect(shelf.lying()).toBeNull();
});

test('what was changed here offline and what was changed there both arrive', async () => {
  const server = makeServer();
  server.posts.set('p1', { draft: { ...say('Rye'), language: 'th' }, revision: 4, state: 'draft' });
  const shelf = makeShelf({ draft: say('Rye at seven'), base: say('Rye'), revision: 3, creating: null }, 'p1');
  expect(await send(shelf, server.port)).toBe(true);
  expect(server.posts.get('p1')).toMatchObject({ draft: { language: 'th' }, revision: 5 });
  expect(textOf(server.posts.get('p1')?.draft)).toBe('Rye at seven');
});

test('two texts for the same field stay until someone decides, also over a reload, and theirs is not written over', async () => {
  const server = makeServer();
  server.posts.set('p1', { draft: say('Rye at eight'), revision: 4, state: 'draft' });
  const shelf = makeShelf({ draft: say('Rye at seven'), base: say('Rye'), revision: 3, creating: null }, 'p1');
  for (let time = 0; time < 2; time += 1) expect(await send(shelf, server.port)).toBe(false);
  expect(textOf(server.posts.get('p1')?.draft)).toBe('Rye at eight');
  const keeper = createDraftKeeper({
    post: server.present('p1'),
    begin: beginDraft('en'),
    port: server.port,
    shelf,
    makeKey,
    delayMs: null,
  });
  const [conflict] = keeper.get().conflicts;
  expect(conflict).toEqual({ field: 'content.0.text', mine: 'Rye at seven', theirs: 'Rye at eight' });
  if (conflict) keeper.settle(conflict, 'mine');
  expect(await keeper.flush()).toBe(true);
  expect(textOf(server.posts.get('p1')?.draft)).toBe('Rye at seven');
});

test('two tabs that wrote offline at the same post both arrive, one after the other', async () => {
  const server = makeServer();
  server.posts.set('p1', { draft: say('Rye'), revision: 1, state: 'draft' });
  const base = readDraft(server.present('p1'));
  const one = makeShelf({ draft: { ...base, language: 'th' }, base, revision: 1, creating: null }, 'p1');
  const other = makeShelf({ draft: { ...base, pillar: 'teach' }, base, revision: 1, creating: null }, 'p1');
  for (const shelf of [one, other]) expect(await send(shelf, server.port)).toBe(true);
  expect(server.posts.get('p1')?.draft).toMatchObject({ language: 'th', pillar: 'teach' });
});

test('nothing is sent to a post that is scheduled; words for one that was removed become a post of their own', async () => {
  const server = makeServer();
  server.posts.set('p1', { draft: say('Rye'), revision: 1, state: 'scheduled' });
  const waiting = makeShelf({ draft: say('Rye at seven'), base: say('Rye'), revision: 1, creating: null }, 'p1');
  expect(await send(waiting, server.port)).toBe(false);
  expect(textOf(server.posts.get('p1')?.draft)).toBe('Rye');
  expect(textOf(waiting.lying()?.draft)).toBe('Rye at seven');
  const orphan = makeShelf({ draft: say('Spelt'), base: say('Rye'), revision: 1, creating: null }, 'p9');
  server.cut('answer-lost');
  for (let time = 0; time < 2; time += 1) expect(await send(orphan, server.port)).toBe(false);
  server.cut('up');
  expect(await send(orphan, server.port)).toBe(true);
  expect([...server.posts.values()].map(({ draft }) => textOf(draft))).toEqual(['Rye', 'Spelt']);
});

test('a line that breaks between the first words and the last makes one post with the last', async () => {
  const [server, shelf] = [makeServer(), makeShelf(newOne('Rye'))];
  const first = say('Rye');
  shelf.write({ ...newOne('Rye at seven'), creating: { key: 'k', draft: first } });
  const port: ShelfPort = { ...server.port, update: async () => ({ kind: 'unreachable', error: 'down' }) };
  expect(await send(shelf, port)).toBe(false);
  expect(shelf.lying()).toMatchObject({ postId: 'p1', revision: 1 });
  expect(await send(shelf, server.port)).toBe(true);
  expect([...server.posts.values()].map(({ draft }) => textOf(draft))).toEqual(['Rye at seven']);
});
