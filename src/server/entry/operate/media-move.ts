import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Config } from '#server/platform/config/index.ts';
import { StartRefusal, takeTurn } from '#server/platform/db/index.ts';
import {
  type MediaMove,
  type MediaPlace,
  moveMedia,
  openMoveJournal,
  openStorageAlone,
  writePlaces,
} from '#server/platform/storage/index.ts';
import { openInstallation } from './open-installation.ts';
import { type Operate, OperateUsage } from './operate.ts';

/** How often it says how far it is. */
const SAID_EVERY_FILES = 100;

/**
 * `goalpost media move --to s3|disk [--delete-source] [--leave-behind]`: beside a running server or with nothing running.
 * 0 when all files are in the new place and it is the place.
 */
export const runMediaMove: Operate = async ({ args, config, say, json }) => {
  const asked = readArgs(args);
  if (!asked) throw new OperateUsage('goalpost media move --to s3|disk [--delete-source | --leave-behind] [--json]');
  const { to } = asked;
  const { s3 } = config.storage;
  if (!s3 && !(to === 'disk' && asked.leaveBehind))
    throw new StartRefusal(
      'There is no bucket among the settings. Set GOALPOST_S3_ENDPOINT, GOALPOST_S3_BUCKET, GOALPOST_S3_KEY_ID and ' +
        'GOALPOST_S3_SECRET, start Goalpost with them, then move. Nothing was changed.',
    );
  const tell = (line: string) => (json ? undefined : say(line));
  const { db, ownerUrl, close } = await openInstallation(config, { mayWrite: true });
  const turn = await takeMoveTurn(ownerUrl).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  const { places, close: hangUp } = openStorageAlone(config, async () => ({ place: to, movingTo: null }));
  try {
    if (asked.leaveBehind) {
      await db.outside((tx) => writePlaces(tx, { place: to, movingTo: null }));
      if (json) say(JSON.stringify({ to, files: 0, sizeBytes: 0, copied: 0, deleted: 0 }));
      else say(`New pictures go to ${nameOf(to, config)} from now on. Nothing was copied.`);
      return 0;
    }
    await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
    const journalOf = (place: MediaPlace) =>
      openMoveJournal(path.join(config.dataDir, `media-move-to-${place}.txt`), nameOf(place, config));
    const journal = await journalOf(to);
    tell(`Moving pictures and videos to ${nameOf(to, config)}. New ones go there from now on…`);
    const moved = await moveMedia({
      places,
      db,
      to,
      journal,
      deleteSource: asked.deleteSource,
      onProgress: ({ files, sizeBytes }) => {
        if (files % SAID_EVERY_FILES === 0) tell(`${files} files, ${inMegabytes(sizeBytes)}`);
      },
    });
    if (asked.deleteSource) {
      // Kept until the old files are gone: what is deleted must have been read back.
      await journal.forget();
      // What an earlier move brought to where nothing is any more.
      await (await journalOf(to === 's3' ? 'disk' : 's3')).forget();
    }
    if (json) say(JSON.stringify({ to, ...moved }));
    else for (const line of wordMove(moved, { ...asked, config })) say(line);
    return 0;
  } finally {
    await hangUp();
    await turn.release();
    await close();
  }
};

/** Two moves at once, to and fro, would each delete what the other has just brought. */
async function takeMoveTurn(ownerUrl: string): Promise<{ release: () => Promise<void> }> {
  const turn = await takeTurn(ownerUrl, 'media move');
  if (turn) return turn;
  throw new StartRefusal('Another `goalpost media move` is under way. Wait until it has ended. Nothing was changed.');
}

const nameOf = (place: MediaPlace, { storage: { folder, s3 } }: Config): string =>
  place === 'disk' || !s3 ? folder : `${s3.endpoint}, bucket ${s3.bucket}${s3.prefix && `, ${s3.prefix}`}`;

const inMegabytes = (sizeBytes: number): string => `${(sizeBytes / 1024 ** 2).toFixed(1)} MB`;

function wordMove(
  { files, sizeBytes, copied, deleted }: MediaMove,
  { to, config, deleteSource }: { to: MediaPlace; config: Config; deleteSource: boolean },
): string[] {
  const old = nameOf(to === 's3' ? 'disk' : 's3', config);
  return [
    `${files} files (${inMegabytes(sizeBytes)}) are in ${nameOf(to, config)}; ${copied} were copied now, each was read back.`,
    deleteSource
      ? `${deleted} files were deleted in ${old}.`
      : `The old ones are still in ${old}. To delete them, say: goalpost media move --to ${to} --delete-source`,
  ];
}

function readArgs(args: readonly string[]): { to: MediaPlace; deleteSource: boolean; leaveBehind: boolean } | null {
  try {
    const options = {
      to: { type: 'string' },
      'delete-source': { type: 'boolean' },
      'leave-behind': { type: 'boolean' },
    } as const;
    const { values } = parseArgs({ args: [...args], options });
    const { to, 'delete-source': deleteSource = false, 'leave-behind': leaveBehind = false } = values;
    if ((to !== 's3' && to !== 'disk') || (deleteSource && leaveBehind)) return null;
    return { to, deleteSource, leaveBehind };
  } catch {
    return null;
  }
}
