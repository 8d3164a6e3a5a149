import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '#server/platform/config/index.ts';
import {
  addKey,
  createVault,
  dropOldKeys,
  isRotationSettled,
  loadKeys,
  resealAll,
  startTurn,
  type VaultKey,
} from '#server/platform/crypto/index.ts';
import { type Database, inspectDatabase, StartRefusal } from '#server/platform/db/index.ts';
import { openInstallation } from './open-installation.ts';
import { assertNoWords, type Operate } from './operate.ts';

/** How long a value that was read or sealed a moment before the change may still be on its way. */
const SETTLE_MS = 10_000;
/** How long transactions of before the change are waited for. */
const PATIENCE_MS = 120_000;

export interface Rotation {
  /** Ids, the current key's first. */
  keyIds: readonly string[];
  resealed: number;
  /** Values that none of the keys opens; they were unreadable before. */
  unreadable: number;
  /** Whether the old keys are needed no more. With a key file they are then gone from it. */
  finished: boolean;
}

/** `goalpost keys rotate`: 0 when the old key is needed no more, 1 when not yet. */
export const runKeysRotate: Operate = async ({ args, config, say, json }) => {
  const tell = (line: string) => (json ? undefined : say(line));
  assertNoWords(args, 'keys rotate');
  if (config.key.kind === 'file' && !existsSync(config.key.path))
    throw new StartRefusal(`There is no key file ${config.key.path}. Put it back from your copy; nothing was changed.`);
  const { db, ownerUrl, close } = await openInstallation(config, { mayWrite: true });
  try {
    const contents = await inspectDatabase(ownerUrl);
    if (!contents.prepared || !contents.hasRoot)
      throw new StartRefusal('This database has not been used by this version yet. Start Goalpost once, then rotate.');
    const rotation = await rotateKeys({ config, db, tell });
    if (json) say(JSON.stringify(rotation));
    else for (const line of wordRotation(config, rotation)) say(line);
    return rotation.finished ? 0 : 1;
  } finally {
    await close();
  }
};

/**
 * Moves everything that is sealed to a new key, while servers run on: the new key is put before the old one, they take
 * it up by themselves, every stored value is sealed again, and when nothing can come up any more that the old key
 * sealed, it is dropped. Killed at any moment, the next call finishes what was begun and makes no third key.
 *
 * With keys out of `GOALPOST_KEY` the operator puts the new one first and restarts; this seals again and says when the
 * old one may go. `db` must see all workspaces.
 */
export async function rotateKeys(options: {
  config: Pick<Config, 'key'>;
  db: Database;
  tell?: (line: string) => void;
  settleMs?: number;
}): Promise<Rotation> {
  const { config, db, tell = () => undefined, settleMs = SETTLE_MS } = options;
  const { key } = config;
  const keys = key.kind === 'file' ? await addKey(key.path) : await loadKeys(key);
  const vault = createVault({ keys });
  tell(`Sealing everything with the key ${vault.currentKeyId}…`);
  const turn = await db.outside(startTurn);
  const startedAt = performance.now();
  let resealed = 0;
  for (;;) {
    const round = await resealAll(db, vault);
    resealed += round.resealed;
    const settled = await db.outside((tx) => isRotationSettled(tx, turn));
    const elapsedMs = performance.now() - startedAt;
    const quiet = round.resealed === 0 && elapsedMs >= settleMs;
    const done = (finished: boolean): Rotation => ({
      keyIds: idsOf(keys),
      resealed,
      unreadable: round.unreadable,
      finished,
    });
    if (quiet && settled) {
      if (key.kind === 'file') await dropOldKeys(key.path);
      return done(true);
    }
    if (elapsedMs > PATIENCE_MS + settleMs) return done(false);
    await sleep(Math.min(500, Math.max(20, settleMs / 4)));
  }
}

const idsOf = (keys: readonly VaultKey[]): string[] => keys.map(({ id }) => id);

function wordRotation(config: Config, { keyIds, resealed, unreadable, finished }: Rotation): string[] {
  const [current, ...old] = keyIds;
  const count = `${resealed} stored values are now sealed with the key ${current}.`;
  const lost =
    unreadable > 0 ? [`${unreadable} values could not be read with any key: connect those channels again.`] : [];
  if (!finished)
    return [
      count,
      ...lost,
      'A transaction from before is still open, so the old key stays for now. Run this again later.',
    ];
  if (config.key.kind === 'file')
    return [count, ...lost, `The old key is gone from ${config.key.path}. Make a new copy of that file now.`];
  if (old.length === 0)
    return [count, ...lost, 'GOALPOST_KEY holds one key only. To change it, put a new one before it: NEW,OLD.'];
  return [
    count,
    ...lost,
    `The key ${old.join(', ')} is needed no more: take it out of GOALPOST_KEY at the next start.`,
  ];
}
