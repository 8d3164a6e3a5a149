import type { Connector } from '#connectors/kit/contract.ts';
import type { Http } from '#connectors/kit/http.ts';
import type { PersonId, WorkspaceId } from '#contract/ids.ts';
import type { Language, Role } from '#contract/terms.ts';
import type { Config } from '../config/index.ts';
import type { Vault } from '../crypto/index.ts';
import type { Database, Tx } from '../db/index.ts';
import type { Egress } from '../egress/index.ts';
import type { Jobs } from '../jobs/index.ts';
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

/** A signed-in person's call outside any workspace. */
export interface PersonContext extends Context {
  personId: PersonId;
  isOperator: boolean;
  language: Language;
  requestId: string;
  /** Origin the call came by, for links in answers: https://host. */
  origin: string;
}

/** A member's call in the workspace that the address names. Membership and policy have been checked. */
export interface WorkspaceContext extends PersonContext {
  workspaceId: WorkspaceId;
  role: Role;
  /** One transaction in this workspace. */
  inWorkspace<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}
