import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { holdDraft, nameDraft, sweepDrafts } from './archive-drafts.ts';
import { fitsTar, tarEnd, tarHeader, tarPadding } from './tar.ts';

/** What was written, as the manifest names it. */
export interface WrittenFile {
  name: string;
  sizeBytes: number;
  sha256: string;
}

/** Writes files one after the other into one archive that is there whole or not at all. */
export interface ArchiveWriter {
  /** Adds a file; `body` must be as long as it says. */
  add(name: string, body: Buffer | { sizeBytes: number; stream: AsyncIterable<Buffer> }): Promise<WrittenFile>;
  /** Brings it to disk under a name of its own, from which `keep` moves it; the path. */
  close(): Promise<string>;
  /** Puts it in its place. */
  keep(): Promise<void>;
  /** Leaves nothing behind, unless it was kept. */
  drop(): Promise<void>;
}

/** Begins an archive for `file`; nothing is under that name before `keep`. For its owner's eyes only. */
export async function createArchive(file: string, at: Date): Promise<ArchiveWriter> {
  const folder = path.dirname(file);
  // Only the last folder: a path that was mistyped higher up is told, not made.
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await sweepDrafts(folder);
  const draft = nameDraft(file);
  await rm(draft, { force: true });
  const handle: FileHandle = await open(draft, 'wx', 0o600);
  const { release } = holdDraft(draft);
  let isOpen = true;
  const write = async (bytes: Buffer) => {
    for (let from = 0; from < bytes.byteLength; )
      from += (await handle.write(bytes, from, bytes.byteLength - from)).bytesWritten;
  };
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    await handle.close();
  };
  return {
    async add(name, body) {
      const { sizeBytes, stream } = Buffer.isBuffer(body) ? { sizeBytes: body.byteLength, stream: [body] } : body;
      await write(tarHeader({ name, sizeBytes, at }));
      const hash = createHash('sha256');
      let written = 0;
      for await (const piece of stream) {
        hash.update(piece);
        written += piece.byteLength;
        await write(piece);
      }
      if (written !== sizeBytes) throw new Error(`${name} changed its size while it was being read`);
      await write(tarPadding(sizeBytes));
      return { name, sizeBytes, sha256: hash.digest('hex') };
    },
    async close() {
      await write(tarEnd());
      await handle.sync();
      await close();
      return draft;
    },
    async keep() {
      await rename(draft, file);
      release();
      if (process.platform === 'win32') return;
      const place = await open(folder, 'r');
      await place.sync().catch(() => undefined);
      await place.close();
    },
    async drop() {
      await close();
      await rm(draft, { force: true });
      release();
    },
  };
}

/** The name in an archive for something of this name, or another one where the format has no room for it. */
export const archiveName = (folder: string, name: string): string => {
  const full = `${folder}/${name}`;
  return fitsTar(full) ? full : `${folder}-long/${createHash('sha256').update(name).digest('hex')}`;
};
