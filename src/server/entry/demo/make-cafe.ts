import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Language } from '#contract/terms.ts';
import type { House } from '#server/platform/context/index.ts';
import { inspectDatabase, migrate, openDatabase } from '#server/platform/db/index.ts';
import { closeAll } from '../close-all.ts';
import { composeHouse, composeHttp, hearers, jobDefinitions } from '../compose.ts';
import { openVault } from '../open-vault.ts';
import { prepareDataDir } from '../prepare-data-dir.ts';
import { startDatabase } from '../start-database.ts';
import type { StartOptions } from '../start-options.ts';
import { readCafeWords } from './cafe-words.ts';
import { holdCafeClock, markAsCafe } from './clock-store.ts';
import { liveHistory, type OnProgress } from './live-history.ts';
import { holdHouse } from './moved-house.ts';
import { holdSwitches } from './practice-control.ts';

const Owner = z.object({ email: z.string(), password: z.string() });

const ownerFile = (folder: string) => path.join(folder, 'owner.json');

/** Who the owner of a café signs in as; null while the café is not made, or only half. */
export function findOwner(folder: string): z.infer<typeof Owner> | null {
  try {
    return Owner.parse(JSON.parse(readFileSync(ownerFile(folder), 'utf8')));
  } catch {
    return null;
  }
}

/**
 * Makes a café in an empty folder: a database of its own with three months of history, told in a language. The owner's
 * file is written last of all, so a café without it is none. No workers run and nobody can call while it is made.
 */
export async function makeCafe(
  options: StartOptions,
  { language, onProgress }: { language: Language; onProgress: OnProgress },
): Promise<void> {
  const { config, log, say } = options;
  if (!config.practice) throw new Error('A café is made with its practice network.');
  const closers: (() => Promise<unknown>)[] = [];
  try {
    await prepareDataDir(config.dataDir, { first: true });
    const { ownerUrl } = await startDatabase(options, closers);
    const contents = await inspectDatabase(ownerUrl);
    if (contents.prepared) throw new Error(`${config.dataDir} holds a database already; a café begins with none.`);
    const vault = await openVault({ config, contents, ownerUrl, say });
    const appPassword = Buffer.from(vault.derive('database login of the app')).toString('hex');
    const migrated = await migrate({ ownerUrl, appPassword });
    await markAsCafe(ownerUrl);
    const clock = await holdCafeClock(ownerUrl);
    closers.push(() => clock.close());

    // Nothing of a half-made café is kept, so no commit needs to wait for the disk.
    const db = openDatabase({ appUrl: relaxed(migrated.appUrl), acrossRole: migrated.roles.across });
    closers.push(() => db.close());
    const { house, closeHouse } = composeHouse({ config, log, db, vault, say: () => undefined });
    closers.push(closeHouse);
    await house.jobs.start(house, jobDefinitions, { work: false });
    closers.push(() => house.jobs.stop());
    const calendar = { aheadMs: Number.NEGATIVE_INFINITY };
    const now = () => new Date(Date.now() + calendar.aheadMs);
    const plenty = { perMinute: 1_000_000, burst: 1_000_000 };
    const { face, pages } = composeHttp(house, {
      limits: { person: plenty, key: plenty, address: plenty },
      now,
    });
    closers.push(() => pages.close());
    const switches = holdSwitches(config.practice);
    const daily = async (it: House) => {
      await pages.flush();
      await runDaily(it);
    };
    const moved = holdHouse({ house, face, hearers, daily, clock, calendar, switches });
    const owner = { email: `owner@cafe-${language}.example`, password: randomBytes(15).toString('base64url') };
    await liveHistory(moved, { language, words: readCafeWords(language), owner, onProgress });
    await moved.settle();
    await clock.restore();
    await switches.do('calendar', { ms: 0 });
    await closeAll(closers);
    const draft = `${ownerFile(config.dataDir)}.draft`;
    writeFileSync(draft, JSON.stringify(owner), { mode: 0o600 });
    renameSync(draft, ownerFile(config.dataDir));
  } finally {
    await closeAll(closers);
  }
}

/** Runs each job that comes by itself once, then all that they hand out. */
async function runDaily(house: House): Promise<void> {
  for (const definition of jobDefinitions.filter((it) => it.cron !== undefined))
    await definition.run({ house, log: house.log, jobId: 'history' }, {} as never);
  await house.jobs.runDue();
}

function relaxed(appUrl: string): string {
  const url = new URL(appUrl);
  url.searchParams.set('options', '-c synchronous_commit=off');
  return url.toString();
}
