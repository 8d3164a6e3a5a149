import { randomUUID } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { assertStorageKey, isOwnKey, type ListedFile, type Storage, type StoredFile, UPLOADS } from './storage.ts';

/**
 * Keeps files below a folder of this machine. A file is written beside its place, brought to disk and renamed, so that
 * a crash leaves the old one or the new one. The type lies beside it in a file whose name no key can have.
 */
export function createDiskStorage({ folder }: { folder: string }): Storage {
  const root = resolve(folder);
  const place = (key: string): string => {
    assertStorageKey(key);
    return join(root, key);
  };
  return {
    async put(key, body, meta) {
      const path = place(key);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const draft = join(dirname(path), `.draft-${randomUUID()}`);
      try {
        await writeDraft(draft, body);
        await writeFile(typePlace(path), meta.mime);
        await rename(draft, path);
      } finally {
        await rm(draft, { force: true });
      }
      await syncFolder(dirname(path));
    },
    async get(key) {
      const path = place(key);
      const found = await statFile(path);
      return found && describeFile(path, found.size, await readFile(typePlace(path), 'utf8').catch(() => null));
    },
    async delete(key) {
      const path = place(key);
      await rm(path, { force: true });
      await rm(typePlace(path), { force: true });
      // Each upload has a folder of its own, which nobody needs again; one that is not empty stays.
      if (key.startsWith(UPLOADS)) await rmdir(dirname(path)).catch(() => undefined);
    },
    exists: async (key) => (await statFile(place(key))) !== null,
    list: (prefix = '') => walk(root, '', prefix),
  };
}

/** Drafts and types begin with a dot, which no key does. Folders that cannot hold the prefix are left out. */
async function* walk(root: string, within: string, prefix: string): AsyncGenerator<ListedFile> {
  const entries = await readdir(join(root, within), { withFileTypes: true }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const key = within === '' ? entry.name : `${within}/${entry.name}`;
    if (!(key.startsWith(prefix) || prefix.startsWith(`${key}/`))) continue;
    if (entry.isDirectory() && !entry.name.startsWith('.')) yield* walk(root, key, prefix);
    else if (entry.isFile() && key.startsWith(prefix) && isOwnKey(key)) {
      const found = await statFile(join(root, key));
      if (found) yield { key, sizeBytes: found.size, changedAt: found.mtime };
    }
  }
}

/** Keys have no part that begins with a dot. */
function typePlace(path: string): string {
  return join(dirname(path), `.type-${path.slice(dirname(path).length + 1)}`);
}

async function writeDraft(path: string, body: Uint8Array | Readable): Promise<void> {
  const file: FileHandle = await open(path, 'wx', 0o600);
  try {
    if (body instanceof Uint8Array) await file.writeFile(body);
    else for await (const chunk of body) await file.write(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The new name itself must reach the disk; Windows cannot open a folder and needs no such step. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function statFile(path: string): Promise<Pick<Stats, 'size' | 'mtime'> | null> {
  try {
    const found = await stat(path);
    return found.isFile() ? found : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
    throw error;
  }
}

function describeFile(path: string, sizeBytes: number, mime: string | null): StoredFile {
  return {
    sizeBytes,
    mime,
    stream: (range) => createReadStream(path, range),
    bytes: async () => new Uint8Array(await readFile(path)),
  };
}
