import { randomUUID } from 'node:crypto';
import { mkdir, rm, stat, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type KeyPlace, loadKeys } from '#server/platform/crypto/index.ts';
import type { Check, Examined } from './examined.ts';
import { found } from './examined.ts';

/** Free space in MB below which publishing pictures becomes a matter of luck, and below which a start is refused soon. */
const LITTLE_MB = 1_024;
const TOO_LITTLE_MB = 200;

/** What the data folder, the key and the storage tell. */
export function checkMachine({ config, keyIds }: Pick<Examined, 'config' | 'keyIds'>): Check[] {
  return [
    {
      check: 'disk',
      look: async () => {
        const { bavail, bsize } = await statfs(config.dataDir);
        const freeMb = Math.floor((bavail * bsize) / 1024 ** 2);
        const state = freeMb < TOO_LITTLE_MB ? 'problem' : freeMb < LITTLE_MB ? 'warning' : 'fine';
        return found(state, { folder: config.dataDir, freeMb });
      },
    },
    { check: 'storage', look: () => checkStorage(config) },
    { check: 'key', look: () => checkKey(config.key) },
    { check: 'key-change', look: () => checkKeyChange(config.key, keyIds) },
  ];
}

async function checkStorage({ storage }: Examined['config']): ReturnType<Check['look']> {
  const probe = path.join(storage.folder, `.probe-${randomUUID()}`);
  try {
    await mkdir(storage.folder, { recursive: true, mode: 0o700 });
    await writeFile(probe, '');
    return found('fine', { folder: storage.folder });
  } catch (error) {
    const said = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return found('problem', { folder: storage.folder, said });
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
}

async function checkKey(key: KeyPlace): ReturnType<Check['look']> {
  if (key.kind === 'given') return found('fine', { place: 'GOALPOST_KEY' });
  const file = await stat(key.path).catch(() => null);
  if (!file) return found('problem', { place: key.path });
  const mode = (file.mode & 0o777).toString(8).padStart(3, '0');
  // Windows has no such modes.
  const isOpen = process.platform !== 'win32' && (file.mode & 0o077) !== 0;
  return found(isOpen ? 'warning' : 'fine', { place: key.path, mode });
}

async function checkKeyChange(key: KeyPlace, keyIds: readonly string[]): ReturnType<Check['look']> {
  const isThere = key.kind === 'given' || (await stat(key.path).catch(() => null)) !== null;
  const ids = isThere ? (await loadKeys(key)).map(({ id }) => id) : [...keyIds];
  return found(ids.length > 1 ? 'warning' : 'fine', { keys: ids.join(', ') });
}
