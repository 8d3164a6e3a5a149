import { startEmbeddedPostgres } from '#server/platform/db/embedded/index.ts';

/**
 * Run as a process of its own by tests that kill it: starts the embedded database on the folder
 * given as argument and tells each step as one line, the last one `ready` with addresses and ids.
 */
const [dataDir = ''] = process.argv.slice(2);
const tell = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
const quiet = (): void => undefined;

try {
  const postgres = await startEmbeddedPostgres({
    dataDir,
    log: { info: (fields) => tell({ step: 'log', ...fields }), warn: quiet, error: quiet },
    onProgress: (step) => tell({ step }),
  });
  process.on('SIGTERM', () => void postgres.stop().then(() => process.exit(0)));
  tell({ step: 'ready', ownerUrl: postgres.ownerUrl, pids: postgres.pids() });
} catch (error) {
  tell({ step: 'refused', reason: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
}
