import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigError, readConfig } from '#server/platform/config/index.ts';
import { createLog } from '#server/platform/log/index.ts';
import { startAll } from './start-all.ts';

const packageFile = path.join(import.meta.dirname, '../../../package.json');
const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };

/** Start-up says all that is wrong at once; after it, the first signal drains and stops, the second ends at once. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog({ level: config.logLevel, pretty: process.stdout.isTTY === true });
  for (const setting of config.unknownSettings) log.warn({ setting }, 'this setting means nothing to Goalpost');
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'a promise was forgotten'));
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const running = await startAll({ config, log, version, say });
  let stoppingSince = 0;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      // Ctrl-C reaches us twice: from the terminal, and passed on by what started us.
      if (stoppingSince > 0 && performance.now() - stoppingSince > 1_000) process.exit(1);
      if (stoppingSince > 0) return;
      stoppingSince = performance.now();
      running.stop().then(
        () => process.exit(0),
        (error) => {
          log.error({ err: error }, 'stopping failed');
          process.exit(1);
        },
      );
    });
  }
}

main().catch((error) => {
  const message =
    error instanceof ConfigError || error?.name !== 'Error' ? error.message : (error.stack ?? error.message);
  process.stderr.write(`${message}\n`);
  process.exit(1);
});
