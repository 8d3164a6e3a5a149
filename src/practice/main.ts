import path from 'node:path';
import { parseArgs } from 'node:util';
import { startPracticeNetwork } from './index.ts';

/**
 * The practice network as a process: `node src/practice/main.ts [--port 4455] [--folder data/practice]`. Started by
 * another program with a channel to it, it tells that program where it is and ends with it.
 */
const { values } = parseArgs({
  options: { port: { type: 'string', default: '4455' }, folder: { type: 'string', default: 'data/practice' } },
});
try {
  const network = await startPracticeNetwork({
    port: Number(values.port),
    folder: path.resolve(values.folder),
    say: (line) => process.stdout.write(`${line}\n`),
  });
  const end = (): void => void network.stop().then(() => process.exit(0));
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  process.once('disconnect', end);
  const { url, controlSecret, ledgerFile } = network;
  process.send?.({ url, controlSecret, ledgerFile });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
