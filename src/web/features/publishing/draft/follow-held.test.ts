import { expect, test } from 'vitest';
import { followHeld } from './follow-held.ts';
import { findHeld, holdEntry } from './hold-entry.ts';

/** What a test says happens, in the order in which it happens. */
function openShelf(name: string) {
  const entryId = `${name}.${crypto.randomUUID()}`;
  const lying = new Set([entryId]);
  const told: string[] = [];
  const free = Promise.withResolvers<void>();
  return {
    entryId,
    lying,
    told,
    free: free.promise,
    list: () => [...lying],
    onFree: () => {
      told.push(entryId);
      free.resolve();
    },
  };
}

async function hold(entryId: string): Promise<() => void> {
  const release = await holdEntry(entryId);
  if (!release) throw new Error('Somebody holds it.');
  return release;
}

/** Resolves when what stands at a place is as wished; throws when it never is. */
async function untilLocks(
  isWished: (of: { held: number; pending: number }) => boolean,
  entryId: string,
): Promise<void> {
  for (let turn = 0; turn < 1_000; turn += 1) {
    const { held = [], pending = [] } = await navigator.locks.query();
    const [ofHeld, ofPending] = [held, pending].map((locks) => locks.filter(({ name }) => name?.endsWith(entryId)));
    if (isWished({ held: ofHeld?.length ?? 0, pending: ofPending?.length ?? 0 })) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('Waited in vain.');
}

/** Until nobody waits for a place or holds it. */
async function settle(entryId: string): Promise<void> {
  await untilLocks(({ held, pending }) => held + pending === 0, entryId);
  await new Promise((resolve) => setImmediate(resolve));
}

test('words that a closed tab left can be sent as soon as it is gone', async () => {
  const shelf = openShelf('closed');
  const close = await hold(shelf.entryId);
  const following = followHeld({ ...shelf, rest: async () => undefined });
  await following.look();
  expect(shelf.told).toEqual([]);
  close();
  await shelf.free;
  expect(shelf.told).toEqual([shelf.entryId]);
});

test('looking again and again waits once', async () => {
  const shelf = openShelf('once');
  const close = await hold(shelf.entryId);
  const following = followHeld({ ...shelf, rest: async () => undefined });
  await following.look();
  await following.look();
  close();
  await shelf.free;
  await settle(shelf.entryId);
  expect(shelf.told).toEqual([shelf.entryId]);
});

test('a page that is loaded again gets its words back, and they are sent when it is gone', async () => {
  const shelf = openShelf('reloaded');
  const close = await hold(shelf.entryId);
  const rests = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let resting = Promise.withResolvers<void>();
  let turn = 0;
  const rest = () => {
    resting.resolve();
    turn += 1;
    return rests[turn - 1]?.promise ?? Promise.resolve();
  };
  const following = followHeld({ ...shelf, rest });
  await following.look();
  close();
  await resting.promise;
  resting = Promise.withResolvers<void>();
  const closeAgain = await hold(shelf.entryId);
  rests[0]?.resolve();
  await untilLocks(({ pending }) => pending > 0, shelf.entryId);
  expect(shelf.told).toEqual([]);
  closeAgain();
  await resting.promise;
  rests[1]?.resolve();
  await shelf.free;
  expect((await findHeld())(shelf.entryId)).toBe(false);
  expect(shelf.told).toEqual([shelf.entryId]);
});

test('nothing is told of words that were sent before the tab closed, nor after the end', async () => {
  const sent = openShelf('sent');
  const ended = openShelf('ended');
  const closes = [await hold(sent.entryId), await hold(ended.entryId)];
  const rest = async () => undefined;
  const following = [sent, ended].map((shelf) => followHeld({ ...shelf, rest }));
  for (const each of following) await each.look();
  sent.lying.clear();
  following[1]?.stop();
  for (const close of closes) close();
  for (const { entryId } of [sent, ended]) await settle(entryId);
  expect([...sent.told, ...ended.told]).toEqual([]);
});
