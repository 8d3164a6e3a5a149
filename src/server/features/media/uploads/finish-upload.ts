import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { z } from 'zod';
import type { Medium } from '#contract/media.ts';
import type { uploads } from '#contract/uploads.ts';
import { type House, refuse, type Verb, type WorkspaceContext } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { findMedium } from '../medium-store.ts';
import { MAX_UPLOAD_BYTES } from '../picture.rules.ts';
import { presentMedium } from '../present-medium.ts';
import type { UploadRow } from '../tables.ts';
import { takeMedium } from '../take-medium.ts';
import { dropRefused } from './drop-refused.ts';
import { presentUpload } from './present-upload.ts';
import { findUpload, noteMedium } from './upload-store.ts';

/**
 * Puts the parts together and takes them into the library, see `takeMedium`. Finished twice it is one medium. Refuses
 * with `upload-elsewhere` while parts are missing. A file that is refused for good takes its upload with it.
 */
export const finishUpload: Verb<typeof uploads.finish> = async (context, { uploadId, poster, alt }) => {
  const find = async () =>
    (await context.inWorkspace((tx) => findUpload(tx, uploadId, context.personId))) ?? refuse('not-found');
  const row = await find();
  if (row.medium_id !== null) return presentTaken(context, row.medium_id);
  if (row.offset_bytes < row.size_bytes) refuse('upload-elsewhere', { current: presentUpload(row) });
  if (poster && poster.size > MAX_UPLOAD_BYTES)
    refuse('medium-too-large', { params: { context: 'bytes', maxMegabytes: MAX_UPLOAD_BYTES / 1024 / 1024 } });
  try {
    const brought = {
      head: await readHead(context.house, row),
      sizeBytes: row.size_bytes,
      bytes: async () => new Uint8Array(Buffer.concat(await Array.fromAsync(readParts(context.house, row)))),
      writeTo: (path: string) => pipeline(Readable.from(readParts(context.house, row)), createWriteStream(path)),
      poster: poster ? new Uint8Array(await poster.arrayBuffer()) : null,
      name: row.name,
      alt,
    };
    const note = async (tx: Tx, mediumId: string) => {
      if (!(await noteMedium(tx, uploadId, mediumId))) throw new Overtaken();
    };
    const medium = await dropRefused(context, row, () => takeMedium(context, brought, note));
    // What is left over by a crash here goes with the leftovers of the day.
    for (const key of row.parts) await context.house.storage.delete(key);
    return medium;
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error;
    return presentTaken(context, (await find()).medium_id ?? refuse('not-found'));
  }
};

/** Somebody finished the same upload a moment before. */
class Overtaken extends Error {}

async function presentTaken(context: WorkspaceContext, mediumId: string): Promise<z.input<typeof Medium>> {
  const medium = await context.inWorkspace((tx) => findMedium(tx, mediumId));
  return presentMedium(medium ?? refuse('not-found'), context.house.config);
}

async function* readParts({ storage }: House, { parts }: UploadRow): AsyncGenerator<Uint8Array> {
  for (const key of parts) {
    const part = await storage.get(key);
    if (!part) throw new Error('A part of an upload is gone.');
    yield* part.stream() as AsyncIterable<Uint8Array>;
  }
}

async function readHead(house: House, row: UploadRow): Promise<Uint8Array> {
  for await (const piece of readParts(house, row)) return piece.subarray(0, 4_096);
  return new Uint8Array();
}
