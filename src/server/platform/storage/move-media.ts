import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '../db/index.ts';
import { BELIEVED_MS, type Places } from './create-media-storage.ts';
import type { MoveJournal } from './move-journal.ts';
import { type MediaPlace, readPlaces, writePlaces } from './place-store.ts';
import { type ListedFile, type Storage, UPLOADS } from './storage.ts';

export interface MoveOptions {
  places: Places;
  db: Pick<Database, 'outside'>;
  to: MediaPlace;
  /** What an earlier run has copied and read back; what is not there any more is copied again. */
  journal: MoveJournal;
  /** Delete from the old place what lies in the new one, once all of it does. */
  deleteSource: boolean;
  onProgress?: (done: { files: number; sizeBytes: number }) => void;
  /** How long running servers take to learn where new files go; twice what they believe when absent. */
  settleMs?: number;
}

export interface MediaMove {
  /** How many files lie in the new place now that lay in the old one, and their size. */
  files: number;
  sizeBytes: number;
  /** How many of them this run has copied. */
  copied: number;
  deleted: number;
}

/** How many files are on their way at once. */
const AT_ONCE = 4;

/**
 * Moves all files to the other place while servers run. From its first moment on new files go to the new place, and each
 * file is looked for in both. Every file is copied, read back and held against the SHA-256 of what was read; when all
 * are there, the new place is the place. Killed at any moment, the next run goes on. A file that does not read back as it
 * was written stops the move: new files go on going to the new place, and nothing was deleted then.
 */
export async function moveMedia(options: MoveOptions): Promise<MediaMove> {
  const { places, db, to, journal } = options;
  const from: MediaPlace = to === 's3' ? 'disk' : 's3';
  const [source, target] = [places[from], places[to]];
  if (!source || !target) throw new Error('A move needs both places.');
  const before = await db.outside(readPlaces);
  if (before?.place !== to || before.movingTo !== null) {
    await db.outside((tx) => writePlaces(tx, { place: from, movingTo: to }));
    await wait(options.settleMs ?? 2 * BELIEVED_MS);
  }
  const moved = await copyAll(source, target, options);
  await assertAllThere(source, target, journal);
  await db.outside((tx) => writePlaces(tx, { place: to, movingTo: null }));
  const deleted = options.deleteSource ? await deleteMoved(source, target, options) : 0;
  return { ...moved, deleted };
}

/** Goes over the old place until a round finds nothing new. */
async function copyAll(
  source: Storage,
  target: Storage,
  { journal, onProgress }: MoveOptions,
): Promise<Omit<MediaMove, 'deleted'>> {
  const moved = { files: 0, sizeBytes: 0, copied: 0 };
  for (let isFirst = true, news = 1; news > 0; isFirst = false) {
    news = 0;
    await eachAtOnce(filesOf(source), async ({ key, sizeBytes }) => {
      // Noted by an earlier move, it may have been moved back and deleted since.
      const isKnown = journal.has(key) && (!isFirst || (await target.get(key))?.sizeBytes === sizeBytes);
      if (!isKnown) {
        const came = await copyOne(source, target, key);
        if (!came) return;
        moved.copied += came.copied ? 1 : 0;
        await journal.note(key);
      }
      if (isKnown && !isFirst) return;
      if (!isKnown) news += 1;
      moved.files += 1;
      moved.sizeBytes += sizeBytes;
      onProgress?.({ files: moved.files, sizeBytes: moved.sizeBytes });
    });
  }
  return moved;
}

/** Null when the file was deleted meanwhile. `copied` is false when it was there already, the same to the last byte. */
async function copyOne(source: Storage, target: Storage, key: string): Promise<{ copied: boolean } | null> {
  const file = await source.get(key);
  if (!file) return null;
  const there = await target.get(key);
  if (there && there.sizeBytes === file.sizeBytes && there.mime === file.mime) {
    if ((await hashOf(there.stream())) === (await hashOf(file.stream()))) return { copied: false };
  }
  const read = createHash('sha256');
  const tap = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      read.update(chunk);
      done(null, chunk);
    },
  });
  // Whoever reads the tap hears of a failure too.
  const flowing = pipeline(file.stream(), tap).catch(() => undefined);
  try {
    await target.put(key, tap, { mime: file.mime ?? 'application/octet-stream' });
  } finally {
    tap.destroy();
    await flowing;
  }
  const came = await target.get(key);
  if (!came || (await hashOf(came.stream())) !== read.digest('hex')) throw new MoveBroken(key);
  if (await source.exists(key)) return { copied: true };
  // Deleted by somebody while it was on its way.
  await target.delete(key);
  return null;
}

/** A file did not read back as it was written. */
export class MoveBroken extends Error {
  readonly code = 'MOVE_BROKEN';

  constructor(key: string) {
    super(
      `${key} did not read back as it was written. Nothing was deleted, and every file is found in the place where it is; ` +
        'say the same command again.',
    );
    this.name = 'MoveBroken';
  }
}

/** Somebody began to move the files elsewhere while the old ones were being deleted. */
export class MoveOvertaken extends Error {
  readonly code = 'MOVE_OVERTAKEN';

  constructor() {
    super('Where pictures go was changed meanwhile. Nothing more was deleted; say again where they are to go.');
    this.name = 'MoveOvertaken';
  }
}

async function hashOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of stream) hash.update(chunk);
  return hash.digest('hex');
}

async function* filesOf(storage: Storage): AsyncGenerator<ListedFile> {
  for await (const file of storage.list()) if (!file.key.startsWith(UPLOADS)) yield file;
}

/** Every file of the old place must lie in the new one, in the same size. */
async function assertAllThere(source: Storage, target: Storage, journal: MoveJournal): Promise<void> {
  await eachAtOnce(filesOf(source), async ({ key, sizeBytes }) => {
    // Came only now, from a server that had begun to write it before the move; it is found in both places.
    if (!journal.has(key)) return;
    const there = await target.get(key);
    if (there?.sizeBytes !== sizeBytes && (await source.exists(key))) throw new MoveBroken(key);
  });
}

async function deleteMoved(source: Storage, target: Storage, { db, to, journal }: MoveOptions): Promise<number> {
  let deleted = 0;
  await eachAtOnce(filesOf(source), async ({ key, sizeBytes }) => {
    if (!journal.has(key)) return;
    const now = await db.outside(readPlaces);
    if (now?.place !== to || now.movingTo !== null) throw new MoveOvertaken();
    if ((await target.get(key))?.sizeBytes !== sizeBytes) return;
    await source.delete(key);
    deleted += 1;
  });
  return deleted;
}

async function eachAtOnce<T>(items: AsyncIterable<T>, work: (item: T) => Promise<void>): Promise<void> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < AT_ONCE) continue;
    await Promise.all(batch.map(work));
    batch = [];
  }
  await Promise.all(batch.map(work));
}
