import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigError, listSecrets, readConfig } from '#server/platform/config/index.ts';
import { StartRefusal } from '#server/platform/db/index.ts';
import { createLog } from '#server/platform/log/index.ts';
import { startDemo } from './demo/start-demo.ts';
import { type Running, startAll } from './start-all.ts';

const packageFile = path.join(import.meta.dirname, '../../../package.json');
const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };

/** Start-up says all that is wrong at once; from its beginning the first signal ends in order, the second at once. */
async function main(): Promise<void> {
  const isDemo = process.argv.slice(2).includes('--demo');
  const config = readConfig(isDemo ? { ...process.env, GOALPOST_DEMO: 'yes' } : process.env);
  const log = createLog({
    level: config.logLevel,
    secrets: listSecrets(config),
    pretty: process.stdout.isTTY === true,
  });
  for (const setting of config.unknownSettings) log.warn({ setting }, 'this setting means nothing to Goalpost');
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'a promise was forgotten'));
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const starting = new AbortController();
  let running: Running | null = null;
  let stoppingSince = 0;
  const stop = () => {
    // Ctrl-C reaches us twice: from the terminal, and passed on by what started us.
    if (stoppingSince > 0 && performance.now() - stoppingSince > 1_000) process.exit(1);
    if (stoppingSince > 0) return;
    stoppingSince = performance.now();
    say('Stopping…');
    starting.abort(new StartAbandoned('Goalpost was told to end while it was starting.'));
    running?.stop().then(
      () => {
        say('Stopped. Everything is kept; start again with the same command.');
        process.exit(0);
      },
      (error) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  const start = config.demo ? startDemo : startAll;
  running = await start({ config, log, version, say, signal: starting.signal });
  // Told to end at the very last moment of the start.
  if (stoppingSince > 0) {
    await running.stop();
    process.exit(0);
  }
}

/** Not an error: somebody changed their mind. */
class StartAbandoned extends Error {
  override name = 'StartAbandoned';
}

main().catch((error) => {
  if (error instanceof StartAbandoned) process.exit(0);
  const isKnown = error instanceof ConfigError || error instanceof StartRefusal || error?.name === 'VaultError';
  process.stderr.write(`${isKnown ? error.message : (error.stack ?? error.message)}\n`);
  process.exit(1);
});
