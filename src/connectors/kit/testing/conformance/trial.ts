import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import type {
  AccountCall,
  Call,
  Connected,
  Connector,
  MediumToSend,
  PartToSend,
  Prepared,
  Sent,
} from '../../contract.ts';
import type { Fault, Outcome } from '../../faults.ts';
import type { Http } from '../../http.ts';
import type { Reconcile } from '../../manifest.ts';
import type { PreviewProps } from '../../preview.ts';
import { reconcileOf } from '../../reconcile-of.ts';
import { makePart } from '../index.ts';
import type { HostileServer } from './hostile-server.ts';
import type { OpenSubject, PublicPost, SubjectAccount } from './subject.ts';

/** What the suite needs of the house. */
export interface HouseParts {
  /** The house's own way out, allowed to call this machine. */
  http: Http;
  /** What the house takes out of a fault before it keeps it. */
  hideSecrets(fault: Fault, secrets: string[]): Fault;
  /** A network's preview as HTML. */
  drawPreview(network: string, props: PreviewProps): Promise<string>;
}

/** An account in the course of the suite; its credential is renewed on the way. */
export interface TrialAccount extends SubjectAccount {
  connected: Connected;
}

/** One network under examination. */
export interface Trial {
  network: string;
  house: HouseParts;
  hostile: HostileServer;
  open: OpenSubject;
  connector: Connector;
  /** False where the house itself is the network: then no stranger answers. */
  hasWire: boolean;
  /** The one account of a kind, connected; the first kind when none is named. */
  account(kind?: string): Promise<TrialAccount>;
}

/** A name that would be markup, turns the reading direction, and is somebody's all the same. */
export const hostileName = '<img src=x onerror=alert(1)> "&amp;\u202e\' Bäcker';
/** Words that would be markup, in several scripts. */
export const hostileWords = '</p><script>alert(1)</script> ขนมปัง 🥐 &lt; "مرحبا" https://shop.example/?a=1&b=2';

export function makeTrial(network: string, open: OpenSubject, house: HouseParts, hostile: HostileServer): Trial {
  const { connector } = open;
  const accounts = new Map<string, Promise<TrialAccount>>();
  const connect = async (kind: string): Promise<TrialAccount> => {
    const given = await open.openAccount(kind, { name: hostileName });
    if ('connected' in given.entry) return { ...given, connected: given.entry.connected };
    assert.ok(connector.auth.kind === 'form', 'There are fields to fill in and no form.');
    return { ...given, connected: must(await connector.auth.connect(makeTrialCall(house.http), given.entry.values)) };
  };
  return {
    network,
    house,
    hostile,
    open,
    connector,
    hasWire: connector.auth.kind !== 'own',
    account(kind = open.kinds[0] ?? '') {
      const known = accounts.get(kind) ?? connect(kind);
      accounts.set(kind, known);
      return known;
    },
  };
}

/** A call that nobody hears, unless `about` says otherwise. */
export function makeTrialCall(http: Http, about: Partial<Call> = {}): Call {
  const quiet = (): void => undefined;
  return { http, now: new Date(), log: { debug: quiet, warn: quiet }, signal: AbortSignal.timeout(60_000), ...about };
}

export const callOf = (trial: Trial, { connected }: TrialAccount, about: Partial<Call> = {}): AccountCall => ({
  ...makeTrialCall(trial.house.http, about),
  account: connected.account,
  credential: connected.credential,
});

export const allowed = { beforeWrite: (): void => undefined };

/** Words that were never said before. */
export const newWords = (words = 'Fresh bread'): string => `${words} ${randomBytes(6).toString('hex')}`;

export const newPart = (fields: Partial<PartToSend> = {}): PartToSend => makePart({ text: newWords(), ...fields });

export async function prepare(trial: Trial, account: TrialAccount, part: PartToSend): Promise<Prepared> {
  const prepared = must(await trial.connector.publish.prepare(callOf(trial, account), part));
  // As the ledger keeps it between prepare and send.
  return JSON.parse(JSON.stringify(prepared)) as Prepared;
}

/** Prepares and sends; the network must show it exactly once, under the id and at the address that it was given. */
export async function publish(
  trial: Trial,
  account: TrialAccount,
  part: PartToSend,
): Promise<{ sent: Sent; prepared: Prepared; shown: PublicPost }> {
  const prepared = await prepare(trial, account, part);
  const sent = must(await trial.connector.publish.send(callOf(trial, account), prepared, allowed));
  const shown = (await account.listPublic()).filter(({ remoteId }) => remoteId === sent.remoteId);
  assert.equal(shown.length, 1, 'What was sent is not public under its id.');
  assert.equal((await saying(account, part.text)).length, 1, 'What was sent is public more than once.');
  assert.ok(sent.address === null || /^https?:/.test(sent.address), 'Its address is no web address.');
  return { sent, prepared, shown: shown[0] ?? assert.fail() };
}

/** The public posts with exactly these words. */
export const saying = async (account: TrialAccount, text: string): Promise<PublicPost[]> =>
  (await account.listPublic()).filter((post) => post.text === text);

export function must<T>(outcome: Outcome<T, Fault>): T {
  if (outcome.ok) return outcome.value;
  throw new assert.AssertionError({ message: `It failed: ${JSON.stringify(outcome.fault)}` });
}

export function faultOf<F extends Fault>(outcome: Outcome<unknown, F>): F {
  if (!outcome.ok) return outcome.fault;
  throw new assert.AssertionError({ message: `It worked: ${JSON.stringify(outcome.value)}` });
}

/** A picture within every network's limits. */
export async function picture(alt = 'A loaf on a board, ขนมปัง <b>warm</b>'): Promise<MediumToSend> {
  const image = sharp({ create: { width: 40, height: 30, channels: 3, background: '#d9a066' } });
  return { mime: 'image/jpeg', width: 40, height: 30, alt, bytes: new Uint8Array(await image.jpeg().toBuffer()) };
}

/** How a send of unknown outcome is found again for an account. */
export const reconciled = (trial: Trial, account: TrialAccount): Reconcile =>
  reconcileOf(trial.connector, callOf(trial, account));

/** Until the network can no longer be late in showing what was sent. */
export const readLag = (trial: Trial, account: TrialAccount): Promise<void> =>
  sleep(reconciled(trial, account).readLagMs + 50);

/** Runs for each kind of account that differs in how a lost answer is found again. */
export async function forEachReconciled(
  trial: Trial,
  work: (account: TrialAccount, reconcile: Reconcile) => Promise<void>,
): Promise<void> {
  for (const kind of [...trial.open.kinds, ...(trial.open.reconciledKinds ?? [])]) {
    const account = await trial.account(kind);
    await work(account, reconciled(trial, account));
  }
}

/** Tries until it no longer throws or figures can no longer be late. */
export async function eventually({ open }: Trial, work: () => Promise<void>): Promise<void> {
  const startedAt = performance.now();
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() - startedAt > open.figuresLagMs) throw error;
      await sleep(100);
    }
  }
}

/** Runs for each kind of account. */
export async function forEachKind(
  trial: Trial,
  work: (account: TrialAccount, kind: string) => Promise<void>,
): Promise<void> {
  for (const kind of trial.open.kinds) await work(await trial.account(kind), kind);
}
