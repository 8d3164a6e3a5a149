import type { Connector } from '#connectors/kit/contract.ts';
import type { Http } from '#connectors/kit/http.ts';
import type { ApiKeyId, PersonId, SessionId, WorkspaceId } from '#contract/ids.ts';
import type { Language, Role } from '#contract/terms.ts';
import type { Config } from '../config/index.ts';
import type { Vault } from '../crypto/index.ts';
import type { Database, Tx } from '../db/index.ts';
import type { Egress } from '../egress/index.ts';
import type { Log } from '../log/index.ts';
import type { Storage } from '../storage/index.ts';

/** What the whole process shares: built once by entry, carried by every context. */
export interface House {
  config: Config;
  db: Database;
  jobs: Jobs;
  vault: Vault;
  storage: Storage;
  /** The one way out of the process, as connectors know it. */
  http: Http;
  /** The same for pages that people name: follows redirects when told to. */
  fetch: Egress['fetch'];
  /** Every network this installation knows, by id. */
  connectors: ReadonlyMap<string, Connector>;
  log: Log;
}

/** Any context: a call's or a job's. */
export interface Context {
  house: House;
  log: Log;
}

/** A call by whoever: nobody has to be signed in. */
export interface AnyoneContext extends Context {
  language: Language;
  requestId: string;
  /** Origin the call came by, for links in answers: https://host. */
  origin: string;
  /** Internet address of the caller, after trusted proxies. */
  address: string;
}

/** A signed-in person's call outside any workspace. */
export interface PersonContext extends AnyoneContext {
  personId: PersonId;
  isOperator: boolean;
  /** The session the call came by; null when it came by an API key. */
  sessionId: SessionId | null;
  /** The API key the call came by, or null. */
  apiKeyId: ApiKeyId | null;
}

/** A member's call in the workspace that the address names. Membership and policy have been checked. */
export interface WorkspaceContext extends PersonContext {
  workspaceId: WorkspaceId;
  role: Role;
  /** One transaction in this workspace. */
  inWorkspace<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

export interface JobContext extends Context {
  jobId: string;
}

/** A kind of job and its verb. Data holds ids only. Runs at least once: the verb is idempotent. */
export interface JobDefinition<D extends object = object> {
  /** `noun.verb`. */
  name: string;
  run(context: JobContext, data: D): Promise<void>;
  /** Also runs by itself: five-field cron in UTC, data `{}`. */
  cron?: string;
  /** At most one waits at a time (per `key` where one is given). */
  unique?: boolean;
  /** Longest run in seconds before it counts as lost and runs again; default 300. */
  expireSeconds?: number;
  retryLimit?: number;
}

export interface EnqueueOptions {
  /** For `unique` jobs: one waiting job a key. */
  key?: string;
  startAfter?: Date;
}

export interface Jobs {
  /** Adds a job within the caller's transaction: it exists if and only if that commits. */
  enqueue<D extends object>(tx: Tx, job: JobDefinition<D>, data: D, options?: EnqueueOptions): Promise<void>;
  /** Declares every job; throws when two have one name. With `work` it also runs them. */
  start(house: House, definitions: JobDefinition<never>[], options: { work: boolean }): Promise<void>;
  /** Runs what is waiting until nothing is, and returns how many ran. For tests: throws the first error of a job. */
  runDue(): Promise<number>;
  /** Lets running jobs end (at most `graceMs`) and stops. */
  stop(graceMs?: number): Promise<void>;
}
