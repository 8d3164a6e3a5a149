import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { type Language, languages } from '#contract/terms.ts';
import type { Config } from '#server/platform/config/index.ts';
import type { Log } from '#server/platform/log/index.ts';
import type { CafeNews } from './cafe-news.ts';
import { findOwner } from './make-cafe.ts';

const program = path.join(import.meta.dirname, 'cafe.ts');
/** How long a café that is told to close may take. */
const CLOSE_PATIENCE_MS = 20_000;

/** A café that answers. */
export interface OpenCafe {
  /** On loopback. */
  port: number;
  owner: { email: string; password: string };
}

/** The cafés of the demo, one a language. */
export interface Cafes {
  /** Languages whose café has been made. */
  listMade(): Language[];
  /**
   * Opens the café of a language, and makes it first where it is not there. `onProgress` hears how far the making is,
   * 0 to 1; nothing when there is none. Rejects with what went wrong. Whoever asks meanwhile waits for the same.
   */
  open(language: Language, onProgress?: (share: number) => void): Promise<OpenCafe>;
  /** Takes the café of a language away, with all that was done in it. */
  takeAway(language: Language): Promise<void>;
  closeAll(): Promise<void>;
}

interface Held {
  child: ChildProcess;
  ready: Promise<OpenCafe>;
  hearers: Set<(share: number) => void>;
  share: number | null;
}

/** Holds the cafés kept in the demo's folder; each that is open is a process of its own. */
export function openCafes({ config, log, version }: { config: Config; log: Log; version: string }): Cafes {
  const held = new Map<Language, Held>();
  const folderOf = (language: Language) => path.join(config.dataDir, language);

  const start = (language: Language): Held => {
    const child = fork(program, [language, version, folderOf(language)], {
      // A group of its own: Ctrl-C in a terminal must reach us alone. It ends when the channel to us closes.
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: settingsOf(config),
    });
    const hearers = new Set<(share: number) => void>();
    const ready = new Promise<OpenCafe>((resolve, reject) => {
      child.on('message', (news: CafeNews) => {
        if (news.kind === 'progress') {
          cafe.share = news.share;
          for (const hear of hearers) hear(news.share);
        } else if (news.kind === 'failed') reject(new Error(news.message));
        else {
          const owner = findOwner(folderOf(language));
          if (owner) resolve({ port: news.port, owner });
          else reject(new Error('The café has no owner.'));
        }
      });
      child.on('error', reject);
      child.on('exit', (code) => {
        if (held.get(language) === cafe) held.delete(language);
        reject(new Error(`The café closed while it was being opened (${code}).`));
      });
    });
    ready.catch((error: unknown) => log.warn({ err: error, language }, 'a café was not opened'));
    const cafe: Held = { child, ready, hearers, share: null };
    held.set(language, cafe);
    return cafe;
  };

  const close = async (language: Language): Promise<void> => {
    const cafe = held.get(language);
    if (!cafe) return;
    held.delete(language);
    await closeChild(cafe.child);
  };

  return {
    listMade: () => languages.filter((language) => findOwner(folderOf(language)) !== null),
    async open(language, onProgress) {
      const cafe = held.get(language) ?? start(language);
      if (!onProgress) return cafe.ready;
      if (cafe.share !== null) onProgress(cafe.share);
      cafe.hearers.add(onProgress);
      return cafe.ready.finally(() => cafe.hearers.delete(onProgress));
    },
    async takeAway(language) {
      await close(language);
      rmSync(folderOf(language), { recursive: true, force: true, maxRetries: 5 });
    },
    async closeAll() {
      await Promise.all([...held.keys()].map(close));
    },
  };
}

async function closeChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  if (child.connected) child.disconnect();
  const late = setTimeout(() => child.kill('SIGKILL'), CLOSE_PATIENCE_MS);
  await ended;
  clearTimeout(late);
}

/** What a café is told: nothing of the operator's settings but where and how it is seen from outside. */
function settingsOf(config: Config): NodeJS.ProcessEnv {
  const { PATH, HOME, NODE_COMPILE_CACHE, LD_LIBRARY_PATH, TMPDIR } = process.env;
  const kept = Object.entries({ PATH, HOME, NODE_COMPILE_CACHE, LD_LIBRARY_PATH, TMPDIR });
  return {
    ...Object.fromEntries(kept.filter(([, value]) => value !== undefined)),
    GOALPOST_HOST: '127.0.0.1',
    GOALPOST_PUBLIC_URL: config.publicUrl,
    GOALPOST_ALLOWED_HOSTS: [...config.allowedHosts, ...ownAddresses(config)].join(','),
    GOALPOST_PRIVATE_RANGES: '127.0.0.1/32',
    GOALPOST_TRUSTED_PROXIES: '127.0.0.1/32',
    ...(config.logLevel ? { GOALPOST_LOG_LEVEL: config.logLevel } : {}),
  };
}

/** Where the doorway is open beyond this machine, it answers to the machine's own addresses; so must a café. */
function ownAddresses({ host }: Config): string[] {
  if (host === 'localhost' || host === '::1' || host.startsWith('127.')) return [];
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return all.filter(({ family }) => family === 'IPv4').map(({ address }) => address);
}
