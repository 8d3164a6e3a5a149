import type { AccountCall, Connector, Renewed } from '#connectors/kit/contract.ts';
import { type Fault, fail, type Outcome, ok } from '#connectors/kit/faults.ts';
import type { CredentialLife } from '#connectors/kit/manifest.ts';
import { keepsWhole } from '#connectors/kit/rules/index.ts';
import { readClock } from '#server/platform/clock/index.ts';
import type { Context } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { limitAtOnceEach } from '#server/platform/jobs/index.ts';
import { tellChanges } from '#server/platform/live/index.ts';
import {
  type AccountPlace,
  hideSecretsOf,
  isFinal,
  sealCredential,
  shapeCall,
  tellBroken,
  tellConnected,
} from './account-call.ts';
import type { ConnectionRow } from './channel-store.ts';
import { findConnection, writeRefreshed, writeRefused, writeRenewalFailed } from './connection-store.ts';
import { askAgainAt, endAfter, endOf, hasEnded, renewAt, tryAgainAt } from './credential-life.rules.ts';

const RENEWAL_TIMEOUT_MS = 30_000;
/** In one process, of the ten connections of its pool. */
export const RENEWALS_AT_ONCE = 5;
/**
 * Each renewal holds a connection of the pool while a network answers: slow networks must not take them all, and a slow
 * server holds up nobody but itself.
 */
const renewing = limitAtOnceEach({ each: 2, all: RENEWALS_AT_ONCE });
/** Renewals that this process has begun, by channel; none of them rejects. */
const underWay = new Map<string, Promise<unknown>>();

/**
 * Renews once, one refresher at a time: whoever waited for the row takes what the other one got, or fails as it did. When
 * the network gives no whole credential the older one stays; that is noted with its fault and tried again later, and is
 * no word about the account. Only a refusal, or the credential's own end, is told as `channel.broken`.
 */
export async function renewCredential(
  context: Context,
  place: AccountPlace,
  connector: Connector,
  seen: ConnectionRow,
): Promise<Outcome<ConnectionRow, Fault>> {
  const { connect } = connector.manifest;
  if (connector.auth.kind !== 'form' || connect.kind !== 'form' || !connector.auth.refresh) return nothing;
  const { refresh } = connector.auth;
  const { life } = connect;
  const got: { renewed?: Renewed; from?: ConnectionRow } = {};
  const work = async (tx: Tx): Promise<Outcome<ConnectionRow, Fault>> => {
    const current = await findConnection(tx, place.channelId, { lock: true });
    if (!current) return nothing;
    const done = judgeMeanwhile(current, seen);
    if (done) return done;
    const call = shapeCall(context, place, { connection: current, signal: AbortSignal.timeout(RENEWAL_TIMEOUT_MS) });
    const outcome = judge(call, await refresh(call));
    if (outcome.ok) {
      Object.assign(got, { renewed: outcome.value, from: current });
      return ok(await keepRenewed(context, tx, { place, current, renewed: outcome.value, life }));
    }
    const fault = hideSecretsOf(call, outcome.fault);
    context.log.warn({ channelId: place.channelId, fault: fault.kind }, 'a credential was not renewed');
    return fail(await keepFailure(tx, { place, current, fault, life }));
  };
  const renew = async (): Promise<Outcome<ConnectionRow, Fault>> => {
    try {
      return await context.house.db.inWorkspace(place.workspaceId, work);
    } catch (error) {
      const { renewed, from } = got;
      if (!renewed || !from) throw error;
      // The network may know the older one no longer: what it gave must not be lost with the transaction.
      context.log.warn({ err: error, channelId: place.channelId }, 'a renewed credential is written once more');
      return keepOnceMore(context, place, { renewed, from, life });
    }
  };
  return joinRenewal(context, place, { seen, renew });
}

/** Writes what was got for the credential `from`, unless that was done after all or another one came in its place. */
function keepOnceMore(
  context: Context,
  place: AccountPlace,
  { renewed, from, life }: { renewed: Renewed; from: ConnectionRow; life: CredentialLife },
): Promise<Outcome<ConnectionRow, Fault>> {
  return context.house.db.inWorkspace(place.workspaceId, async (tx) => {
    const current = await findConnection(tx, place.channelId, { lock: true });
    if (!current) return nothing;
    if (current.generation !== from.generation) return ok(current);
    return ok(await keepRenewed(context, tx, { place, current, renewed, life }));
  });
}

/** Ends with the renewals that are under way in this process: what a network gives must be written before it stops. */
export const awaitRenewals = (): Promise<unknown> => Promise.all(underWay.values());

/** Waits for a renewal of the channel that is under way here and takes what it came to; else renews as soon as it may. */
async function joinRenewal(
  { house: { db } }: Context,
  { workspaceId, channelId }: AccountPlace,
  { seen, renew }: { seen: ConnectionRow; renew: () => Promise<Outcome<ConnectionRow, Fault>> },
): Promise<Outcome<ConnectionRow, Fault>> {
  for (let other = underWay.get(channelId); other; other = underWay.get(channelId)) {
    await other;
    const current = await db.inWorkspace(workspaceId, (tx) => findConnection(tx, channelId));
    const done = current ? judgeMeanwhile(current, seen) : nothing;
    if (done) return done;
  }
  const renewal = renewing.run(serverOf(seen), renew);
  const ended = renewal.then(
    () => underWay.delete(channelId),
    () => underWay.delete(channelId),
  );
  underWay.set(channelId, ended);
  return renewal;
}

/** Whether as many renewals wait for the account's server as it is asked for at once. */
export const isServerBusy = (connection: ConnectionRow): boolean => renewing.isFull(serverOf(connection));

/** An account without a server of its own lives where its network's others do: all of them wait for each other. */
const serverOf = ({ server }: ConnectionRow): string => server ?? '';

const nothing = fail({ kind: 'credential-rejected' as const, said: 'There is nothing to renew.' });

/** What somebody else's renewal came to since this row was seen; null: there was none. */
function judgeMeanwhile(current: ConnectionRow, seen: ConnectionRow): Outcome<ConnectionRow, Fault> | null {
  if (current.generation !== seen.generation) return ok(current);
  if (current.refused_at !== null && current.refused_at.getTime() !== seen.refused_at?.getTime()) {
    const said = 'The network refused to renew it a moment ago.';
    return current.state === 'permission-missing'
      ? fail({ kind: current.state, permission: current.missing ?? '', said })
      : fail({ kind: 'credential-rejected', said });
  }
  if (current.renewal_failures <= seen.renewal_failures) return null;
  return fail({ kind: 'temporarily-down', said: 'Renewing failed a moment ago.' });
}

/** Whatever a connector has made of an answer: what lacks a part of the older credential is none. */
function judge({ credential }: AccountCall, outcome: Outcome<Renewed, Fault>): Outcome<Renewed, Fault> {
  if (!outcome.ok || keepsWhole(credential, outcome.value.credential)) return outcome;
  return fail({ kind: 'contract-broken', path: 'credential', said: 'The renewed credential lacked a part.' });
}

async function keepRenewed(
  { house }: Context,
  tx: Tx,
  {
    place,
    current,
    renewed: { credential, expiresAt, endsAt: told = null },
    life,
  }: { place: AccountPlace; current: ConnectionRow; renewed: Renewed; life: CredentialLife },
): Promise<ConnectionRow> {
  const now = await readClock(tx);
  const endsAt = endAfter({ older: current.ends_at, told }, life);
  await writeRefreshed(tx, place.channelId, {
    credential: sealCredential(house.vault, place, credential),
    expires_at: expiresAt,
    ends_at: endsAt,
    renew_at: renewAt({ now, expiresAt, endsAt, jitter: Math.random() }, life),
  });
  if (current.state !== 'connected') await tellConnected(tx, place);
  else if (current.renewal_failures > 0) await tellRenewal(tx, place);
  return (await findConnection(tx, place.channelId)) ?? current;
}

/** Notes the failure, and returns what it means: the end of the credential, or that it is tried again. */
async function keepFailure(
  tx: Tx,
  {
    place,
    current,
    fault,
    life: { renewal },
  }: { place: AccountPlace; current: ConnectionRow; fault: Fault; life: CredentialLife },
): Promise<Fault> {
  const now = await readClock(tx);
  const { expires_at: expiresAt, ends_at: endsAt } = current;
  if (isFinal(fault)) {
    const missing = fault.kind === 'permission-missing' ? fault.permission : null;
    const refused = { state: fault.kind, missing, askAgainAt: askAgainAt({ now, endsAt, jitter: Math.random() }) };
    if (await writeRefused(tx, place.channelId, refused)) await tellBroken(tx, place, fault.kind);
    return fault;
  }
  if (hasEnded(endOf({ renewal, expiresAt, endsAt, failingSince: now }), now)) {
    await endCredential(tx, place);
    return { kind: 'credential-rejected', said: fault.said };
  }
  const failures = current.renewal_failures + 1;
  await writeRenewalFailed(tx, place.channelId, {
    fault: fault.kind,
    tryAgainAt: tryAgainAt({
      now,
      failures,
      jitter: Math.random(),
      endsAt,
      notBefore: fault.kind === 'rate-limited' ? fault.retryAt : null,
    }),
  });
  if (failures === 1) await tellRenewal(tx, place);
  return fault;
}

/** Notes that a renewal of what was `seen` broke off within the house: it is tried again later, as after any failure. */
export function keepBrokenOff(
  { house }: Context,
  place: AccountPlace,
  { seen, life }: { seen: ConnectionRow; life: CredentialLife },
): Promise<void> {
  return house.db.inWorkspace(place.workspaceId, async (tx) => {
    const current = await findConnection(tx, place.channelId, { lock: true });
    if (!current || judgeMeanwhile(current, seen)) return;
    const fault: Fault = { kind: 'contract-broken', path: 'renewal', said: 'Renewing broke off.' };
    await keepFailure(tx, { place, current, fault, life });
  });
}

/** Notes that a credential has ended by itself: a person has to connect the channel again. */
export async function endCredential(tx: Tx, place: AccountPlace): Promise<void> {
  const ended = { state: 'credential-rejected', missing: null, askAgainAt: null } as const;
  if (await writeRefused(tx, place.channelId, ended)) await tellBroken(tx, place, 'credential-rejected');
}

/** Whoever looks at the channel sees how renewing goes. */
const tellRenewal = (tx: Tx, { workspaceId, channelId }: AccountPlace): Promise<void> =>
  tellChanges(tx, workspaceId, [{ kind: 'channel.renewal', ids: { channelId } }]);
