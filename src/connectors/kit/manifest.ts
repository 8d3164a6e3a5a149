import type { MetricId } from '#contract/metrics.ts';
import type { BudgetForm } from './rules/read-budgets.ts';

/** How a network counts text. */
export type TextUnit = 'grapheme' | 'byte' | 'utf16' | 'code-point';

/** Where a fact comes from and when it was looked up. */
export interface Source {
  source: string;
  /** Local date, YYYY-MM-DD. */
  checkedOn: string;
}

/** What calls are counted under. `any` counts every call. */
export type LimitedOperation = 'publish' | 'upload' | 'read' | 'any';

/** Whose calls are counted together: our app's at one server, one account's, or all that come from our machine. */
export type LimitScope = 'app' | 'account' | 'server';

/** How many calls a network takes. No stretch of `perMs` sees more than `capacity` from here. */
export interface CallLimit extends Source {
  scope: LimitScope;
  operation: LimitedOperation;
  capacity: number;
  perMs: number;
  /** What one call takes of the capacity; 1 when absent. */
  cost?: number;
  /** Hosts (and all below them) that have this limit, for networks of many servers; absent: all. */
  hosts?: readonly string[];
}

/**
 * How a send of unknown outcome is found again, and whether a read that does not find it proves that it is not there.
 * `read-by-key`: our key leads to it. `read-recent`: it is looked for among our own latest posts, by what it says.
 * `status`: what was uploaded before says what became of it. `repeat-with-key`: nothing can be read, but the same send
 * under the same key makes no second post, for `keyLifeMs` from the first one on. `person`: nothing of all that; only a
 * person who looks can tell. `readLagMs` is how long after the last possible write a read may still miss it.
 */
export type Reconcile =
  | { by: 'read-by-key' | 'read-recent' | 'status'; absenceIsConclusive: boolean; readLagMs: number }
  | { by: 'repeat-with-key'; keyLifeMs: number; absenceIsConclusive: false; readLagMs: number }
  | { by: 'person'; absenceIsConclusive: false; readLagMs: number };

/** How long what one signs in with is good for. */
export interface CredentialLife extends Source {
  /**
   * What renewing does. `lengthens`: what is renewed in time goes on for ever. `within`: it is renewed without a person,
   * until an end that signing in has set, where there is one. `none`: nothing is renewed; at its end a person signs in.
   */
  renewal: 'lengthens' | 'within' | 'none';
  /** How long that with which calls are made lasts, where the answer does not say it; null: until somebody ends it. */
  lastsMs: number | null;
  /** How long that which renews it lasts; null: the network names no time. */
  renewableMs: number | null;
  /** How long before its end it is renewed. Half of its life at most, however little that is. */
  renewBeforeMs: number;
}

/** One thing that signing in asks for. */
export interface ConnectField {
  name: string;
  input: 'text' | 'password' | 'url';
  required: boolean;
  initial?: string;
  /**
   * What of an account that is connected already says the same. Whoever signs in to it again need not know its `server`
   * and may not name another one; its `handle` is filled in and may have become another one.
   */
  known?: 'server' | 'handle';
}

/** The facts of a network: read by composer, server, importer and publisher alike. */
export interface Manifest {
  /** Lower-case, [a-z0-9-]; a string checked against the registry, never an enum. */
  id: string;
  /** As the network writes itself. */
  name: string;
  facts: Source;
  /** What the network is to people and how it wants to be spoken to; keys of the network's own texts. */
  manner: { strength: 'words' | 'pictures' | 'video' | 'home' };
  connect:
    | { kind: 'own' }
    | {
        kind: 'form';
        fields: ConnectField[];
        life: CredentialLife;
      };
  text: {
    limits: { unit: TextUnit; max: number }[] /** May a post have no text when it has media? */;
    optionalWithMedia: boolean;
  };
  /** Absent: the network takes no pictures. */
  images?: {
    max: number;
    maxBytes: number;
    /** Longest edge in pixels that is worth sending. */
    maxEdge: number;
    mimes: string[];
    /** Those of `mimes` in which an animation goes on moving there. Absent: its first frame is what is shown. */
    moving?: string[];
    alt: { unit: TextUnit; max: number };
  };
  /** Absent: the network takes no videos. */
  videos?: {
    /** In one part. */
    max: number;
    maxBytes: number;
    maxDurationMs: number;
    minDurationMs?: number;
    /** Longest edge in pixels. */
    maxEdge: number;
    /** What it takes as it is; the first of each is what others are converted to. Codecs as in `VideoFacts`. */
    mimes: string[];
    videoCodecs: string[];
    audioCodecs: string[];
    /** Taken in one part with pictures. */
    besideImages?: boolean;
    alt: { unit: TextUnit; max: number };
  };
  /** Absent: links are only text. `card` is drawn when the part has no image. */
  link?: { card: boolean; maxImageBytes: number /** The card is drawn beside images too. */; besideImages?: boolean };
  /** How long our own first comment beneath a post may be. Absent: there are none. */
  firstComment?: { limits: { unit: TextUnit; max: number }[] };
  /** Absent: no threads. */
  thread?: { maxParts: number };
  /** How a send of unknown outcome is found again. */
  reconcile: Reconcile;
  /** The same for accounts that are otherwise, by what `accountKind` of their connector says. */
  reconcileOf?: Readonly<Record<string, Reconcile>>;
  /** A post can be taken down from here. */
  remove: boolean;
  /** The words of a post can be corrected after publication, at the same address. */
  correct: boolean;
  /** What it measures, and under what name there. */
  metrics: { metric: MetricId; of: 'post' | 'account'; theirName: string; since?: string; until?: string }[];
  /** Sends at once per account; order within a channel is kept by 1. */
  sendsAtOnce: 1;
  /** The network's limits that are known beforehand. */
  limits?: readonly CallLimit[];
  /**
   * How many posts (parts of a thread each) an account may publish in any stretch of `perMs`. `max` null: as the account
   * itself says, and none where it says nothing. `refused`: the network takes no more, so they are not planned;
   * `advised`: it takes them, and people are told.
   */
  quota?: Source & { max: number | null; perMs: number; over: 'refused' | 'advised' };
  /** Headers by which the network tells what is left of its limits. */
  budgetHeaders?: readonly BudgetForm[];
  /** Usual cadence a week, and where that advice is from. */
  cadence: { perWeek: number } & Source;
}
