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
  mail: Mail;
  metrics: Metrics;
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
  /** The one workspace that key acts in; null for a session. */
  keyWorkspaceId: WorkspaceId | null;
  /**
   * One transaction in a workspace that the address does not name: one that is opened by it, or entered. It must have
   * been made sure that the person may. The audit log has the call in that workspace.
   */
  enterWorkspace<T>(workspaceId: string, work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** A member's call in the workspace that the address names. Membership and policy have been checked. */
export interface WorkspaceContext extends PersonContext {
  workspaceId: WorkspaceId;
  role: Role;
  /** One transaction in this workspace. What the call changes by it stands in the audit log, in the same transaction. */
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
  /** How many run at once in one process; 1 when absent. */
  atOnce?: number;
  /** Waits, half a minute at most, while this process has more urgent things to do than it can do at once. */
  yields?: boolean;
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
  /**
   * Declares every job, and says in the log which jobs wait that no definition is for. With `work` it also runs them;
   * those that yield, not while `isBusy` says so. Throws when two have one name, or a name or a cron is none.
   */
  start(
    house: House,
    definitions: JobDefinition<never>[],
    options: { work: boolean; isBusy?: () => boolean },
  ): Promise<void>;
  /** Runs what is waiting until nothing is, and returns how many ran. For tests: throws the first error of a job. */
  runDue(): Promise<number>;
  /** Lets running jobs end (at most `graceMs`) and stops. */
  stop(graceMs?: number): Promise<void>;
}

/** What each kind of mail says beside its words. Links are secrets: whoever has one may use it. */
export interface MailParams {
  invitation: { workspaceName: string; inviterName: string; link: string; role: Role };
  'reset-password': { link: string };
  'confirm-address': { link: string };
  /** Somebody tried to sign up with an address that has an account; `link` leads to signing in. */
  'already-registered': { link: string };
  test: Record<never, never>;
  /** To who runs the installation. `said` is why, in the system's words. */
  'backup-failed': { said: string; link: string };
  /** What a person is told of, in their own words and language already. */
  notices: {
    subject: string;
    groups: { name: string; notices: { title: string; text: string; button: string; link: string }[] }[];
    /** Where they choose what they are told of, and where they stop these mails without signing in. */
    settings: { label: string; link: string };
    leave: { label: string; link: string };
  };
}

export type MailTemplate = keyof MailParams;

/** One mail to one person, by its template. */
export type Letter = {
  [T in MailTemplate]: { to: string; language: Language; template: T; params: MailParams[T] };
}[MailTemplate];

/** How one attempt to send ended: what the mail server said, or why it could not be asked, in the letter's language. */
export interface MailAnswer {
  sent: boolean;
  said: string;
}

/** Mails to people, by the operator's mail server; without one, what would have been sent is shown to the operator. */
export interface Mail {
  /** Whether there is a mail server. */
  configured: boolean;
  /** Address that mails come from. */
  from: string;
  /**
   * Sends a mail after the caller's transaction has committed, at least once, within seconds as a rule; never when it
   * does not commit. Works in any transaction of the app, in a workspace or outside.
   */
  post(tx: Tx, letter: Letter): Promise<void>;
  /** Sends one mail now and waits for the answer. Throws nothing; nothing is kept and nothing tried again. */
  sendNow(letter: Letter): Promise<MailAnswer>;
  /** Sends what is due: one mail, or all that wait. For the jobs of mail. */
  sendWaiting(context: Context, mailId?: string): Promise<void>;
}

/** What the house counts of itself, for whoever watches it. Labels come from short lists, never from a person or a vendor. */
export interface Metrics {
  /** One answered request: an operation's name, or what kind of address it was. */
  countCall(call: { operation: string; status: number; durationMs: number }): void;
  /** One request to the outside: who made it, and a status class or why there was no answer. */
  countEgress(by: 'connectors' | 'pages', outcome: string): void;
  /** The page for Prometheus. Asks the database only when it is asked itself. */
  render(): Promise<{ contentType: string; text: string }>;
}
