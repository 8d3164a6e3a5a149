import { describe, expect, it, vi } from 'vitest';
import type { Medium } from '#contract/media.ts';
import { createPictureQueue, type PictureShelf, type WaitingPicture } from './picture-queue.ts';

const base = { words: 'base', part: 0 };
const file = (name: string) => new File(['x'], name);
const medium = (name: string) => ({ id: name, name }) as Medium;

/** A server whose answers the test gives. */
function openQueue(shelf: PictureShelf = openShelf()) {
  const asked: {
    name: string;
    answer: (it: Medium) => void;
    fail: (error: unknown) => void;
    tell: (share: number) => void;
    uploadId: string | undefined;
    begin: (uploadId: string) => void;
  }[] = [];
  const givenUp: string[] = [];
  const arrived: [string, number, string][] = [];
  let keys = 0;
  const queue = createPictureQueue({
    shelf,
    makeKey: () => {
      keys += 1;
      return `key-${keys}`;
    },
    port: {
      send: ({ name, uploadId }, { onShare, onUpload }) =>
        new Promise((answer, fail) => {
          asked.push({ name, uploadId, answer, fail, tell: onShare, begin: onUpload });
        }),
      giveUp: (uploadId) => void givenUp.push(uploadId),
      isPassing: (error) => error === 'no line',
      judge: ({ size }) => (size > 5 ? 'too large' : null),
    },
    onArrived: ({ words, part }, { name }) => arrived.push([words, part, name]),
  });
  const next = async (count: number) => {
    await vi.waitFor(() => expect(asked).toHaveLength(count));
    const last = asked.at(-1);
    if (!last) throw new Error('nothing was asked');
    return last;
  };
  return { queue, asked, arrived, givenUp, next };
}

function openShelf(): PictureShelf & { lying: Map<string, WaitingPicture> } {
  const lying = new Map<string, WaitingPicture>();
  return {
    lying,
    read: async () => [...lying.values()],
    put: async (it) => void lying.set(it.id, it),
    remove: async (id) => void lying.delete(id),
  };
}

describe('a picture queue', () => {
  it('goes on with an upload in parts after a reload, and gives it up with the picture', async () => {
    const shelf = openShelf();
    const before = openQueue(shelf);
    before.queue.add(base, [file('film.mp4')]);
    (await before.next(1)).begin('upload-1');
    before.queue.stop();
    expect([...shelf.lying.values()]).toMatchObject([{ name: 'film.mp4', uploadId: 'upload-1' }]);
    const after = openQueue(shelf);
    await after.queue.resume();
    const again = await after.next(1);
    expect(again.uploadId).toBe('upload-1');
    after.queue.remove('key-1');
    expect([shelf.lying.size, after.givenUp]).toEqual([0, ['upload-1']]);
    // Begun only after it was taken out.
    again.begin('upload-2');
    expect(after.givenUp).toEqual(['upload-1', 'upload-2']);
  });

  it('brings several in the order in which they were chosen, each told of while it goes', async () => {
    const { queue, arrived, next, asked } = openQueue();
    queue.add(base, [file('one.jpg'), file('two.jpg')]);
    const one = await next(1);
    one.tell(0.4);
    expect(queue.get().map((it) => [it.status, it.share])).toEqual([
      ['sending', 0.4],
      ['waiting', 0],
    ]);
    one.tell(1);
    expect(queue.get()[0]?.status).toBe('preparing');
    expect(asked).toHaveLength(1);
    one.answer(medium('one'));
    (await next(2)).answer(medium('two'));
    await vi.waitFor(() => expect(queue.get()).toEqual([]));
    expect(arrived).toEqual([
      ['base', 0, 'one'],
      ['base', 0, 'two'],
    ]);
  });

  it('goes on with the others when one is refused, and keeps that one to be tried again or taken out', async () => {
    const { queue, arrived, next } = openQueue();
    queue.add(base, [file('film.mov'), file('bread.jpg')]);
    (await next(1)).fail('not a picture');
    (await next(2)).answer(medium('bread'));
    await vi.waitFor(() => expect(arrived).toEqual([['base', 0, 'bread']]));
    expect(queue.get().map((it) => [it.name, it.status, it.error])).toEqual([['film.mov', 'refused', 'not a picture']]);
    queue.remove(queue.get()[0]?.id ?? '');
    expect(queue.get()).toEqual([]);
  });

  it('gives the upload in parts up of what was refused, and begins anew when it is tried again', async () => {
    const { queue, givenUp, next } = openQueue();
    queue.add(base, [file('film.mov')]);
    const first = await next(1);
    first.begin('upload-1');
    first.fail('not a film');
    await vi.waitFor(() => expect(queue.get()[0]?.status).toBe('refused'));
    expect(givenUp).toEqual(['upload-1']);
    queue.retry('key-1');
    expect((await next(2)).uploadId).toBeUndefined();
    queue.stop();
  });

  it('does not send what is not worth sending, and does not keep it', async () => {
    const shelf = openShelf();
    const { queue, asked } = openQueue(shelf);
    queue.add(base, [new File(['long film'], 'film.mov')]);
    expect(queue.get().map((it) => [it.status, it.error])).toEqual([['refused', 'too large']]);
    expect(asked).toEqual([]);
    expect(shelf.lying.size).toBe(0);
  });

  it('lets all wait while there is no line, and sends the same picture under the same key again', async () => {
    const { queue, next, asked } = openQueue();
    queue.add(base, [file('one.jpg'), file('two.jpg')]);
    const key = queue.get()[0]?.id;
    (await next(1)).fail('no line');
    await vi.waitFor(() => expect(queue.get()[0]?.status).toBe('unreachable'));
    expect(queue.get()[1]?.status).toBe('waiting');
    queue.retry();
    await next(2);
    expect(asked.map((it) => it.name)).toEqual(['one.jpg', 'one.jpg']);
    expect(queue.get()[0]?.id).toBe(key);
    queue.stop();
  });

  it('finds after a reload what had not arrived, and nothing that had', async () => {
    const shelf = openShelf();
    const before = openQueue(shelf);
    before.queue.add(base, [file('one.jpg'), file('two.jpg')]);
    (await before.next(1)).answer(medium('one'));
    await before.next(2);
    before.queue.stop();
    const after = openQueue(shelf);
    await after.queue.resume();
    expect(after.queue.get().map((it) => it.name)).toEqual(['two.jpg']);
    (await after.next(1)).answer(medium('two'));
    await vi.waitFor(() => expect(after.arrived).toEqual([['base', 0, 'two']]));
    expect(shelf.lying.size).toBe(0);
  });

  it('gives up the pictures of a part that is taken out, and lets those of later parts move up with it', async () => {
    const { queue, arrived, next } = openQueue();
    queue.add({ words: 'base', part: 1 }, [file('gone.jpg')]);
    queue.add({ words: 'base', part: 2 }, [file('later.jpg')]);
    queue.add({ words: 'other', part: 2 }, [file('elsewhere.jpg')]);
    const gone = await next(1);
    queue.dropPart({ words: 'base', part: 1 });
    gone.answer(medium('gone'));
    (await next(2)).answer(medium('later'));
    (await next(3)).answer(medium('elsewhere'));
    await vi.waitFor(() => expect(arrived).toHaveLength(2));
    expect(arrived).toEqual([
      ['base', 1, 'later'],
      ['other', 2, 'elsewhere'],
    ]);
  });
});
