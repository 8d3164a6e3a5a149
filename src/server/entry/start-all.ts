import { existsSync } from 'node:fs';
import path from 'node:path';
import { awaitRenewals } from '#server/features/channels/index.ts';
import {
  crashAtPoint,
  keepWallClocks,
  ownKnowledge,
  type Publisher,
  startPublisher,
} from '#server/features/publishing/index.ts';
import type { Config } from '#server/platform/config/index.ts';
import { refuseIfInUse } from '#server/platform/db/embedded/index.ts';
import { inspectDatabase, migrate, openDatabase } from '#server/platform/db/index.ts';
import { type FactPump, startFactPump } from '#server/platform/facts/index.ts';
import { closeAll } from './close-all.ts';
import { composeHouse, composeHttp, hearers, jobDefinitions } from './compose.ts';
import { holdDoor } from './hold-door.ts';
import { openVault } from './open-vault.ts';
import { prepareDataDir } from './prepare-data-dir.ts';
import { refuseLostBucket } from './refuse-lost-bucket.ts';
import { startDatabase } from './start-database.ts';
import type { StartOptions } from './start-options.ts';

export interface Running {
  url: string;
  port: number;
  /** Takes no more calls, lets what is under way settle, and stops the database last. */
  stop(): Promise<void>;
}

/**
 * Starts everything this process is asked to be: database, migrations, workers, web. Throws `StartRefusal` when it
 * cannot be started here; what was begun is then stopped again.
 */
export async function startAll(options: StartOptions): Promise<Running> {
  const { config, log, version, say, signal, limits } = options;
  const closers: (() => Promise<unknown>)[] = [];
  const stop = () => closeAll(closers);
  try {
    const isFirst = config.database.kind === 'embedded' && !existsSync(path.join(config.dataDir, 'postgres/cluster'));
    await prepareDataDir(config.dataDir, { first: isFirst });
    const giveDoor = config.roles.includes('web') ? await holdOwnDoor(config) : null;
    if (giveDoor) closers.push(giveDoor);
    const database = await startDatabase(options, closers);
    signal.throwIfAborted();
    const contents = await inspectDatabase(database.ownerUrl);
    const vault = await openVault({ config, contents, ownerUrl: database.ownerUrl, say });
    const migrated = await migrate({
      ownerUrl: database.ownerUrl,
      appPassword: Buffer.from(vault.derive('database login of the app')).toString('hex'),
      ...(database.appUrl ? { appUrl: database.appUrl } : {}),
      onProgress: (name) => {
        signal.throwIfAborted();
        log.debug({ name }, 'migrating');
      },
    });
    if (migrated.applied.length > 0) say(`Prepared the database (${migrated.applied.length} steps).`);
    signal.throwIfAborted();

    const db = openDatabase({
      appUrl: migrated.appUrl,
      acrossRole: migrated.roles.across,
      onError: (error) => log.warn({ err: error }, 'a database connection was lost'),
    });
    closers.push(() => db.close());
    await refuseLostBucket(config, db);
    const { house, closeHouse } = composeHouse({ config, log, db, vault });
    closers.push(closeHouse);
    closers.push(awaitRenewals);

    const works = config.roles.includes('worker');
    let publisher: Publisher | null = null;
    await house.jobs.start(house, jobDefinitions, { work: works, isBusy: () => publisher?.isBusy() ?? false });
    closers.push(() => house.jobs.stop());
    if (works) {
      const pump: FactPump = await startFactPump(house, hearers);
      closers.push(() => pump.stop());
      await keepWallClocks(house, { ...ownKnowledge, ifNewer: true });
      const started = await startPublisher(house, {
        sendsAtOnce: config.sendsAtOnce,
        ...(config.crashAt ? { crashAt: crashAtPoint(config.crashAt) } : {}),
      });
      publisher = started;
      closers.push(() => started.stop());
    }
    if (!giveDoor) {
      say('Goalpost works.');
      return { url: '', port: 0, stop };
    }
    const { face, pages } = composeHttp(house, { version, ...(limits ? { limits } : {}) });
    await giveDoor();
    const listening = await face.listen();
    closers.push(async () => {
      await listening.close();
      await pages.close();
    });
    say(`Goalpost is ready: http://localhost:${listening.port}`);
    return { url: listening.url, port: listening.port, stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

/** As `holdDoor`; a Goalpost on the same data folder is named rather than the port that it holds. */
async function holdOwnDoor(config: Config): Promise<() => Promise<void>> {
  try {
    return await holdDoor(config);
  } catch (error) {
    throw (config.database.kind === 'embedded' ? refuseIfInUse(config.dataDir) : null) ?? error;
  }
}
