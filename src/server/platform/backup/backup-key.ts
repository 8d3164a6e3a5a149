import { createReadStream } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Config } from '../config/index.ts';
import { loadKeys, readKeyLines } from '../crypto/index.ts';
import { StartRefusal } from '../db/index.ts';
import { type Head, keyName } from './manifest.ts';
import { readTar } from './tar.ts';

/** The key as a backup would hold it. */
export async function readKeyText({ key }: Pick<Config, 'key'>): Promise<string> {
  return key.kind === 'given' ? `${key.keys.join('\n')}\n` : await readFile(key.path, 'utf8');
}

/** Ids of the keys at hand; none when there is no key yet. Makes none. */
export async function listKeyIds({ key }: Pick<Config, 'key'>): Promise<string[]> {
  if (key.kind === 'given') return (await loadKeys(key)).map(({ id }) => id);
  const lines = await readFile(key.path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  return lines === null ? [] : readKeyLines(lines, key.path).map(({ id }) => id);
}

/**
 * Finds out which key a backup will be read with, before anything is changed. Returns what puts the backup's own key in
 * its place, or null when the one at hand will do.
 *
 * Throws `StartRefusal` that names the key that is needed when neither is the one. `GOALPOST_KEY_LOST=yes` goes on
 * without: the credentials are then given up at the next start.
 */
export async function judgeKey(
  config: Pick<Config, 'key' | 'keyLost'>,
  { file, head }: { file: string; head: Head },
): Promise<(() => Promise<string>) | null> {
  const needed = head.sealedWith;
  const here = await listKeyIds(config);
  const suffices = (ids: readonly string[]) => needed.every((id) => ids.includes(id));
  if (suffices(here) && (here.length > 0 || !head.holdsKey)) return null;
  const { key } = config;
  const held = head.holdsKey ? await readBackupKey(file) : null;
  if (held !== null && suffices(readKeyLines(held, file).map(({ id }) => id))) {
    if (key.kind === 'file') return () => placeKey(key.path, held, here.length > 0);
    throw new StartRefusal(
      `This backup holds the key ${needed.join(', ')}, but GOALPOST_KEY is another one (${here.join(', ')}). ` +
        'Take GOALPOST_KEY away, or set it to the right key. Nothing was changed.',
    );
  }
  if (config.keyLost) return null;
  const place = key.kind === 'file' ? `as the file ${key.path}` : 'in GOALPOST_KEY';
  throw new StartRefusal(
    `This backup needs another key: its secrets were sealed with ${needed.join(', ')}, and ` +
      `${here.length === 0 ? 'there is no key here' : `the key here is ${here.join(', ')}`}. Put your copy of that key ` +
      `${place}. If it is lost for good, say GOALPOST_KEY_LOST=yes here and at the next start: channels must then be ` +
      'connected again. Nothing was changed.',
  );
}

async function readBackupKey(file: string): Promise<string> {
  for await (const { name, body } of readTar(createReadStream(file, { highWaterMark: 64 * 1024 })))
    if (name === keyName) return text(body);
  throw new StartRefusal(`${file} holds no key, although it says so.`);
}

/** The key of before is kept beside it. Returns where the key is now. */
async function placeKey(path: string, held: string, keepOld: boolean): Promise<string> {
  if (keepOld) await rename(path, `${path}.before-restore-${Date.now()}`);
  await writeFile(path, held, { mode: 0o600, flag: 'wx' });
  return path;
}
