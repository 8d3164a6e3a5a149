import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '../db/embedded/index.ts';
import { type Restored, restoreBackup } from './restore-backup.ts';
import type { Verified } from './verify-backup.ts';

/**
 * Puts a backup into a database of its own, made for this and thrown away after it: that it can be restored is then not a
 * hope. Pictures were held against their hashes already and are not written again.
 */
export async function tryRestore(
  file: string,
  verified: Verified,
  onProgress: (what: string) => void = () => undefined,
): Promise<Restored> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'goalpost-verify-'));
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  try {
    const postgres = await startEmbeddedPostgres({ dataDir, log: quiet, durable: false });
    try {
      return await restoreBackup({ file, verified, ownerUrl: postgres.ownerUrl, media: null, onProgress });
    } finally {
      await postgres.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}
