import path from 'node:path';
import { parseArgs } from 'node:util';
import { StartRefusal } from '#server/platform/db/index.ts';
import { type PracticeNetwork, startPracticeNetwork } from '../../../practice/index.ts';
import { type Operate, OperateUsage } from './operate.ts';

const usualPort = 4455;

/**
 * Runs the practice network until it is interrupted: `practice [--port 4455] [--folder …]`, by default on what is kept
 * beside the installation's data. It is a process of its own, whether a Goalpost runs or not. Throws
 * `StartRefusal` when it cannot start.
 */
export const runPractice: Operate = async ({ args, config, say, json }) => {
  const asked = readArgs(args);
  if (!asked) throw new OperateUsage('goalpost practice [--port PORT] [--folder FOLDER] [--json]');
  const folder = path.resolve(asked.folder ?? path.join(config.dataDir, 'practice'));
  let network: PracticeNetwork;
  try {
    network = await startPracticeNetwork({ port: asked.port, folder, say: json ? () => undefined : say });
  } catch (error) {
    throw new StartRefusal(error instanceof Error ? error.message : String(error), { cause: error });
  }
  const { url, controlUrl, ledgerFile } = network;
  if (json) say(JSON.stringify({ url, controlUrl, ledgerFile }));
  else if (config.privateRanges.length === 0) {
    say('Goalpost does not call its own machine yet: start it with GOALPOST_PRIVATE_RANGES=127.0.0.0/8.');
  }
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
  await network.stop();
  return 0;
};

function readArgs(args: readonly string[]): { port: number; folder: string | undefined } | null {
  try {
    const options = { port: { type: 'string' }, folder: { type: 'string' } } as const;
    const { values } = parseArgs({ args: [...args], options });
    const port = Number(values.port ?? usualPort);
    return Number.isInteger(port) && port >= 0 && port <= 65_535 ? { port, folder: values.folder } : null;
  } catch {
    return null;
  }
}
