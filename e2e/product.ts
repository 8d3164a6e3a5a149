import { type ChildProcess, type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { JsonifiedClient } from '@orpc/openapi-client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { type Contract, contract } from '#contract/index.ts';
import { findFreePort } from '#test/find-free-port.ts';

export type Client = JsonifiedClient<ContractRouterClient<Contract>>;

/** One installation in a folder of its own; its process is started, killed and started again. */
export interface Installation {
  dataDir: string;
  port: number;
  url: string;
  /** Starts the product as a process and returns when it answers. */
  start(settings?: Record<string, string>, as?: StartedAs): Promise<Product>;
  /** Starts the process and returns at once. Whoever starts it reads what it prints, and ends it. */
  launch(settings?: Record<string, string>): ChildProcessByStdio<null, Readable, Readable>;
  /** Another one that keeps the same: the same people, and no first start. The process must have ended. */
  copy(): Promise<Installation>;
  /** Removes the folder. The process must have ended. */
  remove(): void;
}

/** How the process is started, where it is not as usual. */
export interface StartedAs {
  /** For the process itself, names as they are. */
  env?: Record<string, string>;
  /** The program of another version. */
  program?: string;
  /** How long it may take until it answers, on a machine that does much besides. */
  withinMs?: number;
}

export interface Product {
  pid: number;
  /** What it printed so far. */
  output(): string;
  /** Resolves with the signal or code it ended by. */
  ended: Promise<string>;
  /** Asks it to stop, as an operator would, and waits. */
  stop(): Promise<void>;
  kill(): Promise<void>;
}

const main = path.join(import.meta.dirname, '../src/server/entry/main.ts');
/** As `npm start` starts it. */
const startFlags = createRequire(import.meta.url)('../tools/start-flags.cjs') as string[];
const START_TIMEOUT_MS = 60_000;

/** Makes a folder and finds a free port for an installation. */
export async function makeInstallation(): Promise<Installation> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'goalpost-e2e-'));
  const port = await findFreePort();
  const url = `http://localhost:${port}`;
  return {
    dataDir,
    port,
    url,
    start: (settings = {}, as = {}) => watchStart(launch({ dataDir, port, settings, as }), url, as),
    launch: (settings = {}) => launch({ dataDir, port, settings, as: {} }),
    async copy() {
      const other = await makeInstallation();
      execFileSync('cp', ['-a', `${dataDir}/.`, other.dataDir]);
      return other;
    },
    remove: () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }),
  };
}

function launch({
  dataDir,
  port,
  settings,
  as: { env = {}, program = main },
}: {
  dataDir: string;
  port: number;
  settings: Record<string, string>;
  as: StartedAs;
}): ChildProcessByStdio<null, Readable, Readable> {
  const given = Object.fromEntries(Object.entries(settings).map(([name, value]) => [`GOALPOST_${name}`, value]));
  return spawn(process.execPath, [...startFlags, program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      GOALPOST_DATA_DIR: dataDir,
      GOALPOST_PORT: String(port),
      // The servers it talks to in tests are on this machine.
      GOALPOST_PRIVATE_RANGES: '127.0.0.0/8,::1/128',
      GOALPOST_LOG_LEVEL: 'warn',
      ...given,
      ...env,
    },
  });
}

async function watchStart(
  child: ChildProcessByStdio<null, Readable, Readable>,
  url: string,
  { withinMs = START_TIMEOUT_MS }: StartedAs,
): Promise<Product> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-20_000);
    });
  }
  const ended = once(child, 'exit').then(([code, signal]) => String(signal ?? code));
  await untilReady({ url, withinMs }, child, () => output);
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  return { pid: child.pid ?? 0, output: () => output, ended, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

async function untilReady(
  { url, withinMs }: { url: string; withinMs: number },
  child: ChildProcess,
  output: () => string,
): Promise<void> {
  const until = performance.now() + withinMs;
  while (performance.now() < until) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`The product ended while starting:\n${output()}`);
    if (/Goalpost (is ready|works)/.test(output())) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error(`The product at ${url} did not start in time:\n${output()}`);
}

/** Signs the first person up, as a browser would, and gives their typed client. */
export const signUpOwner = async (url: string): Promise<Client> => (await signUpOwnerIn(url)).client;

/** The same with the session's cookie, for a browser of their own. */
export const signUpOwnerIn = (url: string): Promise<SignedUp> =>
  signUpIn(url, { name: 'Mali', email: 'mali@bakery.example', password: 'sourdough at seven' });

/** A person who has just signed up, and what signs them in. */
interface SignedUp {
  client: Client;
  cookie: { name: string; value: string };
}

/** Signs a person up: the first one, or one with the token of an invitation. */
export async function signUpIn(
  url: string,
  person: { name: string; email: string; password: string; invitation?: string },
): Promise<SignedUp> {
  const response = await fetch(`${url}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(person),
  });
  if (!response.ok) throw new Error(`Signing up failed: ${await response.text()}`);
  const [pair = ''] = (response.headers.getSetCookie()[0] ?? '').split(';');
  const [name = '', value = ''] = pair.split('=');
  return { client: openClient(url, { name, value }), cookie: { name, value } };
}

/** The typed client of a person who is signed in. */
export const openClient = (url: string, { name, value }: { name: string; value: string }): Client =>
  createORPCClient(
    new OpenAPILink(contract, { url: `${url}/api`, headers: { cookie: `${name}=${value}`, origin: url } }),
  );

/** Asks again until the answer is as wished; throws with the last answer when it never is. */
export async function until<T>(ask: () => Promise<T>, wished: (answer: T) => boolean, withinMs: number): Promise<T> {
  const end = performance.now() + withinMs;
  let last: T | undefined;
  let thrown: unknown;
  while (performance.now() < end) {
    try {
      last = await ask();
      thrown = undefined;
      if (wished(last)) return last;
    } catch (error) {
      thrown = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`Waited ${withinMs} ms in vain; last: ${thrown ? String(thrown) : JSON.stringify(last)}`);
}
