import type { MetricId } from '#contract/metrics.ts';
import type { AccountCall, Connected, Connector, Engagement } from '../../contract.ts';
import type { Fault, Outcome, SendFault } from '../../faults.ts';
import type { HostileAnswer } from './hostile-server.ts';

/**
 * What a network brings to the one suite over all connectors: `src/connectors/<network>/testing.ts` exports it as
 * `subject`, and the suite finds it there.
 */
export interface ConformanceSubject {
  /** Id of the network. */
  network: string;
  /** Starts the real thing: the network's own server where one can run. */
  open(): Promise<OpenSubject>;
}

/** A network that runs and can be tried. */
export interface OpenSubject {
  connector: Connector;
  /** Kinds of accounts that behave differently when an outcome is unknown; every one of them goes through publishing. */
  kinds: readonly string[];
  /** More kinds, which differ in nothing else: only how a lost answer is found again is tried with them. */
  reconciledKinds?: readonly string[];
  openAccount(kind: string, about: { name: string }): Promise<SubjectAccount>;
  /** At least one for each row of the table of faults in the network's page under docs/networks. */
  knownErrors: readonly KnownError[];
  /** For networks that are the house itself, where no line can break: a connector whose writes work and then throw. */
  losingAnswers?: Connector;
  /** The post as anyone sees it, where the house itself shows it: HTML. */
  visit?(address: string): Promise<string>;
  /** How late its figures may be in showing what people did, in ms. */
  figuresLagMs: number;
  stop(): Promise<void>;
}

/** An account on the network that is tried. */
export interface SubjectAccount {
  /** How to sign in: the manifest's form fields, or the account itself where there is nothing to sign in to. */
  entry: { values: Record<string, string> } | { connected: Connected };
  /** What is public under this account, oldest first, by the network's own word and not through the connector. */
  listPublic(): Promise<PublicPost[]>;
  /** Someone whose name is `name` does with a post what people do there, `text` being what they say. */
  engage(remoteId: string, about: { name: string; text: string }): Promise<Engaged>;
  /** Makes the next post one on which the network works before it is live. Absent where it never does. */
  delayNext?(): Promise<void>;
}

/** What was done with a post: how its figures changed, and the acts that can be seen. */
export interface Engaged {
  figures: Partial<Record<MetricId, number>>;
  acts: Engagement['kind'][];
}

export interface PublicPost {
  remoteId: string;
  text: string;
  alts: string[];
  /** Where the card leads. */
  link: string | null;
  /** The post that this one answers or goes on from. */
  above: string | null;
}

/** One answer of the network that its page under docs/networks tells of. */
export interface KnownError {
  /** First cell of its row in the table of faults, exactly as it stands there. */
  row: string;
  /** What the connector must make of it beside what the row says. */
  expect?: Partial<Record<string, unknown>>;
  /** The answer in place of the network's own, or what brings the fault about where there is no line to it. */
  from: HostileAnswer | ((call: AccountCall) => Promise<Outcome<unknown, Fault | SendFault>>);
  /** The call that gets it; `send` when absent. */
  during?: 'send' | 'correct';
}
