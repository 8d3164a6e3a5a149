import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { JsonifiedClient } from '@orpc/openapi-client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { afterAll, beforeAll } from 'vitest';
import { type Contract, contract } from '#contract/index.ts';
import { composeHouse, composeHttp, hearers, jobDefinitions } from '#server/entry/compose.ts';
import { permitRegistration } from '#server/platform/auth/index.ts';
import { listSecrets, readConfig } from '#server/platform/config/index.ts';
import type { House } from '#server/platform/context/index.ts';
import { createVault, loadKeys, watchKeyFile } from '#server/platform/crypto/index.ts';
import { handOnFacts } from '#server/platform/facts/index.ts';
import { createLog } from '#server/platform/log/index.ts';
import { type TestDatabase, useDatabase } from './database.ts';

/** Someone with an account, signed in. */
export interface TestPerson {
  id: string;
  name: string;
  email: string;
  password: string;
  /** For the `Cookie` header. */
  cookie: string;
  /** The address they call from; each person has their own, or the limits of sign-in would meet. */
  address: string;
}

export type TestClient = JsonifiedClient<ContractRouterClient<Contract>>;

/** The whole application in this process, on a database of its own, listening on loopback. */
export interface TestServer {
  url: string;
  house: House;
  /** Lines logged so far. */
  logged: string[];
  /** What was written to the operator's console so far: mails, while no mail server is set. */
  said: string[];
  /** Makes an account the way a browser does; registration is opened for its e-mail first. */
  signUp(about?: { name?: string; email?: string; password?: string; language?: string }): Promise<TestPerson>;
  /** The typed client, as this person. A refusal is thrown as `ORPCError` with its code. */
  client(person: TestPerson, headers?: Record<string, string>): TestClient;
  /** One call by address; `as` adds a person's cookie. */
  api(pathname: string, init?: RequestInit & { as?: TestPerson }): Promise<Response>;
  /** Hands on every fact and runs every job that is waiting, until nothing is. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Gives the tests of the surrounding file or `describe` the application on a database of their own. */
export function useServer(settings: Record<string, string> = {}): TestServer & { readonly test: TestDatabase } {
  const test = useDatabase();
  let started: TestServer | null = null;
  beforeAll(async () => {
    started = await startTestServer(test, settings);
  });
  afterAll(() => started?.close());
  const get = (): TestServer => {
    if (!started) throw new Error('The test server is there from beforeAll on, not before.');
    return started;
  };
  return {
    test,
    get url() {
      return get().url;
    },
    get house() {
      return get().house;
    },
    get logged() {
      return get().logged;
    },
    get said() {
      return get().said;
    },
    signUp: (about) => get().signUp(about),
    client: (person, headers) => get().client(person, headers),
    api: (pathname, init) => get().api(pathname, init),
    settle: () => get().settle(),
    close: () => get().close(),
  };
}

/** Starts the application over a test database; jobs run only in `settle`. `settings` are names without the prefix. */
async function startTestServer(
  test: Pick<TestDatabase, 'database'>,
  settings: Record<string, string> = {},
): Promise<TestServer> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'goalpost-server-'));
  const config = readConfig(
    withPrefix({
      DATA_DIR: dataDir,
      TRUSTED_PROXIES: '127.0.0.1',
      // The servers that tests talk to are on this machine.
      PRIVATE_RANGES: '127.0.0.0/8,::1/128',
      ...settings,
    }),
  );
  const logged: string[] = [];
  const log = createLog({
    level: config.logLevel,
    secrets: listSecrets(config),
    to: { write: (line) => void logged.push(line) },
  });
  const keys = await loadKeys(config.key);
  const reload = config.key.kind === 'file' ? { reload: watchKeyFile(config.key.path) } : {};
  const vault = createVault({ keys, ...reload });
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  const { house, closeHouse } = composeHouse({ config, log, db: test.database, vault, say });
  await house.jobs.start(house, jobDefinitions, { work: false });
  // Tests call as fast as they can; what the limits do has tests of its own.
  const plenty = { perMinute: 1_000_000, burst: 1_000_000 };
  const limits = { person: plenty, key: plenty, address: plenty };
  const { face, pages } = composeHttp(house, { version: '0.0.0', limits });
  const listening = await face.listen({ host: '127.0.0.1', port: 0 });
  const { url } = listening;
  const call = (pathname: string, person: TestPerson | null, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set('x-forwarded-for', person?.address ?? '198.51.100.1');
    if (person) headers.set('cookie', person.cookie);
    if (!headers.has('origin')) headers.set('origin', url);
    return fetch(new URL(pathname, url), { redirect: 'manual', ...init, headers });
  };

  return {
    url,
    house,
    logged,
    said,
    signUp: (about = {}) => signUp(about, house, call),
    client(person, headers = {}) {
      const link = new OpenAPILink(contract, {
        url: `${url}/api`,
        headers: { ...headers, cookie: person.cookie, origin: url, 'x-forwarded-for': person.address },
      });
      return createORPCClient(link);
    },
    api: (pathname, { as, ...init } = {}) => call(pathname, as ?? null, init),
    async settle() {
      for (let ran = 1; ran > 0; ) ran = (await handOnFacts(house, toldTwice)) + (await house.jobs.runDue());
    },
    async close() {
      await listening.close(1_000);
      await pages.close();
      await house.jobs.stop(1_000);
      await closeHouse();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Every fact comes at least once, so in tests it comes twice to everyone who hears it. */
const toldTwice = [...hearers, ...hearers];

const withPrefix = (settings: Record<string, string>) =>
  Object.fromEntries(Object.entries(settings).map(([name, value]) => [`GOALPOST_${name}`, value]));

let people = 0;

async function signUp(
  about: { name?: string; email?: string; password?: string; language?: string },
  house: House,
  call: (pathname: string, person: TestPerson | null, init: RequestInit) => Promise<Response>,
): Promise<TestPerson> {
  const number = ++people;
  const { name = `Person ${number}`, email = `person-${number}@test.example` } = about;
  const password = about.password ?? 'correct horse battery';
  const person = { name, email, password, cookie: '', address: `10.1.${number >> 8}.${number & 255}` };
  await house.db.outside((tx) => permitRegistration(tx, email));
  const response = await call(
    '/api/auth/sign-up/email',
    { ...person, id: '' },
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': about.language ?? 'en' },
      body: JSON.stringify({ name, email, password }),
    },
  );
  const answer = (await response.json()) as { person?: { id: string } };
  if (!answer.person) throw new Error(`Signing up failed: ${JSON.stringify(answer)}`);
  const cookie = response.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  return { ...person, cookie, id: answer.person.id };
}
