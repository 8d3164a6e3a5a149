import { once } from 'node:events';
import { createServer } from 'node:http';
import path from 'node:path';
import { closeAll } from '../close-all.ts';
import { holdDoor } from '../hold-door.ts';
import { prepareDataDir } from '../prepare-data-dir.ts';
import type { Running } from '../start-all.ts';
import type { StartOptions } from '../start-options.ts';
import { createDoorway } from './answer-doorway.ts';
import { openCafes } from './open-cafes.ts';

/**
 * Starts the demo: the doorway at Goalpost's address, and behind it the cafés, each a process with a data folder and
 * database of its own below `demo` in the data folder. Nothing else in the data folder is read or written.
 */
export async function startDemo({ config: given, log, version, say, signal }: StartOptions): Promise<Running> {
  const config = { ...given, dataDir: path.join(given.dataDir, 'demo') };
  const closers: (() => Promise<unknown>)[] = [];
  const stop = () => closeAll(closers);
  try {
    await prepareDataDir(config.dataDir, { first: true });
    const giveDoor = await holdDoor(config);
    const cafes = openCafes({ config, log, version });
    closers.push(() => cafes.closeAll());
    const answer = createDoorway({ config, log, cafes });
    const server = createServer((asked, answered) => {
      answer(asked, answered).catch((error: unknown) => {
        log.error({ err: error }, 'the doorway went wrong');
        if (answered.headersSent) answered.destroy();
        else answered.writeHead(500).end();
      });
    });
    // The answer that shows how a café is made goes on for as long as that takes.
    server.requestTimeout = 0;
    await giveDoor();
    signal.throwIfAborted();
    server.listen(config.port, config.host);
    await once(server, 'listening');
    closers.push(async () => {
      server.close();
      server.closeAllConnections();
    });
    // What is planned in a café goes out while the demo runs, whether somebody looks or not.
    void openMade();
    say('This is the demo: nothing in it touches your data or reaches the outside.');
    say(`Goalpost is ready: http://localhost:${config.port}`);
    return { url: `http://localhost:${config.port}`, port: config.port, stop };

    async function openMade(): Promise<void> {
      // A café that does not open has said why; it is tried again when somebody comes.
      for (const language of cafes.listMade()) await cafes.open(language).catch(() => undefined);
    }
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}
