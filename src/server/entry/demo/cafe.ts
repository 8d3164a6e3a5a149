import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Language } from '#contract/terms.ts';
import { type Config, listSecrets, readConfig } from '#server/platform/config/index.ts';
import { createLog } from '#server/platform/log/index.ts';
import { type Running, startAll } from '../start-all.ts';
import type { CafeNews } from './cafe-news.ts';
import { findOwner, makeCafe } from './make-cafe.ts';
import { type PracticeProcess, startPractice } from './start-practice.ts';

/**
 * One café of the demo as a process: `node cafe.ts LANGUAGE VERSION FOLDER`, started with a channel by the doorway, which it
 * tells how far it is and where it answers, and with which it ends. A café that was not made to its end is made anew.
 */
const language = Language.parse(process.argv[2]);
const version = process.argv[3] ?? '0';
const config: Config = { ...readConfig({ ...process.env, GOALPOST_DATA_DIR: process.argv[4] }), port: 0 };
const log = createLog({ level: config.logLevel, secrets: listSecrets(config), pretty: process.stdout.isTTY === true });
const stopping = new AbortController();
const closers: (() => Promise<unknown>)[] = [];

const tell = (news: CafeNews): void => void (process.connected && process.send?.(news));

async function end(code: number): Promise<void> {
  if (stopping.signal.aborted) return;
  stopping.abort(new Error('The café was told to close.'));
  for (const close of closers.splice(0).reverse()) await close().catch((error) => log.warn({ err: error }, 'closing'));
  process.exit(code);
}
process.on('disconnect', () => void end(0));
process.on('SIGTERM', () => void end(0));
process.on('unhandledRejection', (error) => log.error({ err: error }, 'a promise was forgotten'));

async function main(): Promise<void> {
  const isMade = findOwner(config.dataDir) !== null;
  if (!isMade) empty(config.dataDir);
  const practice = await openPractice();
  closers.push(() => practice.stop());
  void practice.ended.then(() => end(1));
  const options = {
    config: { ...config, practice: { url: practice.url, secret: practice.secret } },
    log,
    version,
    say: () => undefined,
    signal: stopping.signal,
  };
  // What goes wrong in the history is meant to.
  const quiet = createLog({ level: 'error', secrets: listSecrets(config) });
  if (!isMade)
    await makeCafe({ ...options, log: quiet }, { language, onProgress: (share) => tell({ kind: 'progress', share }) });
  if (stopping.signal.aborted) return;
  const running: Running = await startAll(options);
  closers.push(() => running.stop());
  tell({ kind: 'ready', port: running.port });
}

/** At the same port as before: the addresses of what was posted lead there. */
async function openPractice(): Promise<PracticeProcess> {
  const portFile = path.join(config.dataDir, 'practice-port');
  const port = existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) : 0;
  const practice = await startPractice({ folder: path.join(config.dataDir, 'practice'), port });
  writeFileSync(portFile, new URL(practice.url).port);
  return practice;
}

/** Takes away what a café that was never finished left behind. */
function empty(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) rmSync(path.join(folder, name), { recursive: true, force: true });
}

main().catch((error: unknown) => {
  if (stopping.signal.aborted) return;
  log.error({ err: error }, 'the café could not be opened');
  tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  void end(1);
});
