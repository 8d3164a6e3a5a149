import type { Content } from '#contract/content.ts';
import type { MetricId } from '#contract/metrics.ts';
import type { Fault, Outcome, SendFault } from './faults.ts';
import type { Http } from './http.ts';
import type { Manifest } from './manifest.ts';

/** Any value that survives JSON: what a connector may ask the house to keep. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** The log as a connector sees it. Never give it a credential; the house redacts, but do not rely on it. */
export interface ConnectorLog {
  debug(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
}

/** What the house hands to every call: no environment, no database, no globals. */
export interface Call {
  /** The one way out of the process. */
  http: Http;
  log: ConnectorLog;
  /** The house's clock at the start of the call. */
  now: Date;
  /** Aborts when the call's time is up. */
  signal: AbortSignal;
}

/** A call on behalf of a connected account. */
export interface AccountCall extends Call {
  account: Account;
  /** What `connect` or `refresh` returned last, decrypted. Parse it with the connector's own schema. */
  credential: Json;
  /** Absent where nothing can be remembered: then an upload begins at its beginning. */
  uploads?: UploadMemory;
}

/**
 * Remembers how far an upload came, by a name that the connector gives what is uploaded (a hash of it, say): a repeat of
 * `prepare` goes on from there, in another process too. What it remembers may be gone: the network is asked first.
 */
export interface UploadMemory {
  /** Null when nothing is remembered. */
  find(key: string): Promise<Json>;
  keep(key: string, state: Json): Promise<void>;
  forget(key: string): Promise<void>;
}

/** The account of the business on the network. */
export interface Account {
  /** The network's own id, stable over renames (a DID, a page id). */
  remoteId: string;
  handle: string;
  name: string;
  /** Where a person finds the account. */
  address: string;
  /** The server it lives on, for networks of many servers (https origin), else null. */
  server: string | null;
}

export interface Connected {
  account: Account;
  credential: Json;
  /** When the credential stops working, where the network says so. */
  expiresAt: Date | null;
  /** From when on nobody but a person can renew it, where the network says so. */
  endsAt?: Date | null;
  scopes: string[];
  /** How many posts the account may publish in the time of the manifest's quota, where it says so. */
  quota?: number | null;
}

/** Signing in. `own` networks need no credential: the house itself is the network. */
export type AuthFacet =
  | { kind: 'own' }
  | {
      kind: 'form';
      /** Exchanges the manifest's form fields for a credential. A field's name is in `content-rejected.field`. */
      connect(call: Call, values: Record<string, string>): Promise<Outcome<Connected, Fault>>;
      /**
       * Renews before `expiresAt`; the house lets one refresher run at a time and keeps the old one until this worked. What
       * the answer leaves out of the old credential is kept (`takeTokens` in the rules). Absent where a person has to sign
       * in again: then the manifest's `renewal` is `none`.
       */
      refresh?(call: AccountCall): Promise<Outcome<Renewed, Fault>>;
    };

/** What renewing gives. */
export type Renewed = Pick<Connected, 'credential' | 'expiresAt' | 'endsAt'>;

/** A picture or a video as it will be sent, already rendered within the manifest's limits. */
export interface MediumToSend {
  mime: string;
  width: number;
  height: number;
  bytes: Uint8Array;
  alt: string;
  /** Of a video; absent for pictures. `poster` is a still of it. */
  video?: { durationMs: number; poster: { mime: string; width: number; height: number; bytes: Uint8Array } | null };
}

/** A part that went out before this one in the same thread. */
export interface SentPart {
  remoteId: string;
  /** What the connector asked to remember of it (a CID, say). */
  receipt: Json;
}

/** One part of a delivery (a single post has one part). */
export interface PartToSend {
  /** Stable identity of this part over all its attempts; 128 random bits in hex. A key may be derived from it. */
  seed: string;
  /** When the part was first prepared: the same over all attempts, so that a repeated send is byte for byte the same. */
  createdAt: Date;
  text: string;
  /** BCP 47. */
  language: string;
  media: MediumToSend[];
  link: { url: string; title: string; description: string; image: MediumToSend | null } | null;
  /** `comment`: our own first comment beneath the post, which is `before[0]`; else a part of the post and its thread. */
  role: 'post' | 'comment';
  /** What of the same delivery is out already; empty for the first part. */
  before: SentPart[];
  /** Page address of the post at its home, when it has one. */
  content: Content;
}

/** Everything `send` needs, frozen before it: committed with *arm*, so a later worker can look for it. */
export interface Prepared {
  /** Idempotency or record key chosen by us; null where the network has none. */
  key: string | null;
  /** The request as it will go out. */
  request: Json;
  /** Ids of what was uploaded and shows nothing yet. */
  mediaIds: string[];
}

export interface Sent {
  remoteId: string;
  address: string | null;
  receipt: Json;
}

/** `found: false` says nothing unless `conclusive`: only a manifest whose `absence` is conclusive may set it. */
export type Found = { found: true; sent: Sent } | { found: false; conclusive: boolean };

/** A post of the account's own as the network shows it now. */
export interface OwnPost {
  sent: Sent;
  text: string;
  /** Remote id of the post that it answers, or null. */
  replyTo: string | null;
  /** When it became public; null where the network does not say. */
  at: Date | null;
}

/** Publishing. */
export interface PublishFacet {
  /** Which of the manifest's `reconcileOf` is true of the account. Asks nobody. Absent where all accounts are alike. */
  accountKind?(call: AccountCall): string;
  /** Uploads and looks up what the post needs. Shows nothing outside; may be repeated freely. */
  prepare(call: AccountCall, part: PartToSend): Promise<Outcome<Prepared, Fault>>;
  /**
   * The one call that makes the post public. `beforeWrite` must be passed on as the request's `beforeWrite`: it runs in
   * the same tick as the write and throws when the attempt is no longer allowed to send.
   */
  send(call: AccountCall, prepared: Prepared, guard: { beforeWrite(): void }): Promise<Outcome<Sent, SendFault>>;
  /** Looks whether a send of unknown outcome landed. Reads only. */
  find(call: AccountCall, prepared: Prepared): Promise<Outcome<Found, Fault>>;
  /**
   * The account's own posts since an instant, newest first, as far back as the network shows them. Reads only. After a
   * restore it tells what is out already though nothing here remembers sending it. Absent where there is no such list.
   */
  recent?(call: AccountCall, since: Date): Promise<Outcome<OwnPost[], Fault>>;
  /** Asks about a send that answered `still-processing`. Absent where the network never does. */
  check?(call: AccountCall, token: string): Promise<Outcome<Sent, Fault>>;
  /**
   * Makes a published part say what `part` says, at the same address. May be repeated freely: the same words again
   * change nothing. `content-rejected` when the network refuses the words, or the part is no longer there (field
   * `gone`). Absent where the network has no such thing; then the manifest's `correct` is false.
   */
  correct?(call: AccountCall, remoteId: string, part: PartToSend): Promise<Outcome<Sent, Fault>>;
  /** Takes a published part down. Succeeds when it is gone already. */
  remove?(call: AccountCall, remoteId: string): Promise<Outcome<null, Fault>>;
}

/** A figure as the network gave it, or the reason why there is none. Missing is not zero. */
export type Reading =
  | { state: 'value'; value: number }
  | { state: 'not-offered' }
  | { state: 'no-permission'; permission: string }
  | { state: 'gone' };

export interface PostFigures {
  remoteId: string;
  readings: Partial<Record<MetricId, Reading>>;
}

/** What one person outside did with a post; the evidence behind a figure. */
export interface Engagement {
  /** The network's id of the act (a like's record address). */
  remoteId: string;
  kind: 'like' | 'repost' | 'reply' | 'quote';
  actor: { remoteId: string; handle: string; name: string; address: string };
  /** The words, where it has words. Plain text. */
  text: string | null;
  address: string | null;
  /** When it was done; null where the network does not say. */
  at: Date | null;
}

/** Measuring. */
export interface InsightsFacet {
  /** Figures of several posts at once; a post the network no longer has is `gone`. */
  posts(call: AccountCall, remoteIds: string[]): Promise<Outcome<PostFigures[], Fault>>;
  account(call: AccountCall): Promise<Outcome<Partial<Record<MetricId, Reading>>, Fault>>;
  /** Who did what with one post, newest first and those of unknown time last, at most `limit`. */
  engagements?(call: AccountCall, remoteId: string, limit: number): Promise<Outcome<Engagement[], Fault>>;
}

/** A network. What it cannot do is absent, never a method that throws. */
export interface Connector {
  manifest: Manifest;
  auth: AuthFacet;
  publish: PublishFacet;
  insights?: InsightsFacet;
}
