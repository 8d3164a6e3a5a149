import type { Finding } from '#contract/operator.ts';
import type { Config } from '#server/platform/config/index.ts';
import type { Mail } from '#server/platform/context/index.ts';
import type { Database, Tx } from '#server/platform/db/index.ts';
import type { Log } from '#server/platform/log/index.ts';

/** What is looked over: by the running server, or by a command beside it or without it. */
export interface Examined {
  config: Config;
  log: Log;
  mail: Pick<Mail, 'configured'>;
  /** Null: the embedded database does not run, so only the rest is looked at. A text: why it could not be asked. */
  database: ExaminedDatabase | string | null;
  /** Ids of the keys at hand. */
  keyIds: readonly string[];
}

export interface ExaminedDatabase {
  db: Database;
  /** One transaction that sees all workspaces. */
  everywhere<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Every picture there is, as `workspace/medium`. */
  listMedia(): Promise<string[]>;
  /** How many stored secrets no key opens. */
  countUnreadable(): Promise<number>;
  /** Null: there is nothing to be asked. Throws when the database is from a newer version. */
  countMissingMigrations: (() => Promise<number>) | null;
}

/** One look at one thing. A look that fails is a finding itself, never an error. */
export type Check = { check: string; look: () => Promise<Omit<Finding, 'check'>> };

/** A finding's state and the values for its words. */
export const found = (state: Finding['state'], params: Finding['params'] = {}): Omit<Finding, 'check'> => ({
  state,
  params,
});
