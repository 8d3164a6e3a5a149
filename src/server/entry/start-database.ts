import { startEmbeddedPostgres } from '#server/platform/db/embedded/index.ts';
import { awaitDatabase } from '#server/platform/db/index.ts';
import type { StartOptions } from './start-options.ts';

/** How often a person who waits for an external database is told so. */
const REMIND_MS = 10_000;

/**
 * Starts the embedded database, or waits until the external one takes connections. What stops it again is added to
 * `closers`.
 */
export async function startDatabase(
  options: StartOptions,
  closers: (() => Promise<unknown>)[],
): Promise<{ ownerUrl: string; appUrl: string | null }> {
  const { database } = options.config;
  if (database.kind === 'external') {
    await awaitExternal(options, database.ownerUrl);
    if (database.appUrl) await awaitExternal(options, database.appUrl);
    return database;
  }
  const embedded = await startEmbedded(options);
  closers.push(() => embedded.stop());
  return { ownerUrl: embedded.ownerUrl, appUrl: null };
}

function awaitExternal({ say, signal }: StartOptions, url: string): Promise<void> {
  let toldAt = -Infinity;
  return awaitDatabase({
    url,
    signal,
    onWait: (place, reason) => {
      if (performance.now() - toldAt < REMIND_MS) return;
      toldAt = performance.now();
      say(`Waiting for the database at ${place} (${reason})…`);
    },
  });
}

function startEmbedded({ config, log, say }: StartOptions): ReturnType<typeof startEmbeddedPostgres> {
  const words = {
    preparing: null,
    starting: 'Starting the database…',
    'waiting-for-old': 'Waiting for an earlier Goalpost to end…',
  } as const;
  return startEmbeddedPostgres({
    dataDir: config.dataDir,
    log,
    ...(config.roles.includes('web') ? { address: `http://localhost:${config.port}` } : {}),
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
