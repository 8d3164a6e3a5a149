import { mkdir } from 'node:fs/promises';
import { crashAtPoint, type Publisher, startPublisher } from '#server/features/publishing/index.ts';
import type { Config } from '#server/platform/config/index.ts';
import { createVault, loadKeys } from '#server/platform/crypto/index.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#server/platform/db/embedded/index.ts';
import { migrate, openDatabase } from '#server/platform/db/index.ts';
import { type FactPump, startFactPump } from '#server/platform/facts/index.ts';
import type { Log } from '#server/platform/log/index.ts';
import { composeHouse, composeHttp, hearers, jobDefinitions } from './compose.ts';

export interface Running {
  url: string;
  port: number;
  /** Takes no more calls, lets what is under way settle, and stops the database last. */
  stop(): Promise<void>;
}

export interface StartOptions {
  config: Config;
  log: Log;
  version: string;
  /** What a person who waits is told. */
  say: (line: string) => void;
}

/** Starts everything this process is asked to be: database, migrations, workers, web. */
export async function startAll({ config, log, version, say }: StartOptions): Promise<Running> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const vault = createVault({ keys: await loadKeys(config.key) });
  const embedded = config.database.kind === 'embedded' ? await startEmbedded(config, log, say) : null;
  const closers: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const close of closers.reverse()) await close();
    await embedded?.stop();
  };
  try {
    const appPassword = Buffer.from(vault.derive('database login of the app')).toString('hex');
    const ownerUrl = config.database.kind === 'external' ? config.database.ownerUrl : (embedded?.ownerUrl ?? '');
    const appUrl = config.database.kind === 'external' ? config.database.appUrl : null;
    const migrated = await migrate({
      ownerUrl,
      appPassword,
      ...(appUrl ? { appUrl } : {}),
      onProgress: (name) => log.debug({ name }, 'migrating'),
    });
    if (migrated.applied.length > 0) say(`Prepared the database (${migrated.applied.length} steps).`);

    const db = openDatabase({
      appUrl: migrated.appUrl,
      acrossRole: migrated.roles.across,
      onError: (error) => log.warn({ err: error }, 'a database connection was lost'),
    });
    closers.push(() => db.close());
    const { house, closeHouse } = composeHouse({ config, log, db, vault });
    closers.push(closeHouse);

    const works = config.roles.includes('worker');
    await house.jobs.start(house, jobDefinitions, { work: works });
    closers.push(() => house.jobs.stop());
    if (works) {
      const pump: FactPump = await startFactPump(house, hearers);
      closers.push(() => pump.stop());
      const publisher: Publisher = await startPublisher(
        house,
        config.crashAt ? { crashAt: crashAtPoint(config.crashAt) } : {},
      );
      closers.push(() => publisher.stop());
    }
    if (!config.roles.includes('web')) {
      say('Goalpost works.');
      return { url: '', port: 0, stop };
    }
    const { face, pages } = composeHttp(house, { version });
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

function startEmbedded(config: Config, log: Log, say: (line: string) => void): Promise<EmbeddedPostgres> {
  const words = {
    preparing: null,
    starting: 'Starting the database…',
    'waiting-for-old': 'Waiting for an earlier Goalpost to end…',
  } as const;
  return startEmbeddedPostgres({
    dataDir: config.dataDir,
    log,
    onProgress: (step) => {
      const line = words[step];
      if (line) say(line);
    },
    onLost: (error) => {
      log.fatal({ err: error }, 'the database ended and could not be started again');
      process.exit(1);
    },
  });
}
