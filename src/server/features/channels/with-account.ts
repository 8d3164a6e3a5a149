import type { AccountCall, Connector, Json } from '#connectors/kit/contract.ts';
import { type Fault, fail, type Outcome, ok } from '#connectors/kit/faults.ts';
import type { Context, House } from '#server/platform/context/index.ts';
import type { Vault } from '#server/platform/crypto/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { limitAtOnce } from '#server/platform/jobs/index.ts';
import type { ConnectionRow } from './channel-store.ts';
import { findConnection, listConnections, writeBroken, writeRefreshed, writeWorked } from './connection-store.ts';
import { hideSecrets } from './hide-secrets.ts';
import { heedLimits, placeOfAccount, type ToldBudget, watchBudgets } from './limits/index.ts';
import { rememberUploads } from './remember-uploads.ts';

/** A credential nearer to its end than this is refreshed before it is used. */
const REFRESH_BEFORE_MS = 5 * 60_000;
const CALL_TIMEOUT_MS = 120_000;
/** Each refresh holds a connection of the pool while a network answers: slow networks must not take them all. */
const refreshing = limitAtOnce(3);

export interface AccountPlace {
  workspaceId: string;
  channelId: string;
}

/** A channel's account as it was read; a credential that is refreshed on the way is put in place of the older one. */
export interface OpenedAccount {
  network: string;
  connection: ConnectionRow;
}

/** Reads the accounts of several channels at once, by channel; those that are not connected are left out. */
export async function openAccounts(tx: Tx, channelIds: readonly string[]): Promise<Map<string, OpenedAccount>> {
  const opened = await listConnections(tx, channelIds);
  return new Map(opened.map((account) => [account.connection.channel_id, account]));
}

/**
 * Notes that calls on behalf of these accounts worked, in the caller's transaction; of one that was known to work less
 * than a minute ago there is nothing to note.
 */
export async function noteWorked(tx: Tx, workspaceId: string, accounts: readonly OpenedAccount[]): Promise<void> {
  const calls = accounts
    .filter(({ connection: { state, worked_at } }) => state !== 'connected' || !worked_at || isPast(worked_at))
    .map(({ connection }) => ({ channelId: connection.channel_id, generation: connection.generation }));
  for (const channelId of await writeWorked(tx, calls)) await tellConnected(tx, { workspaceId, channelId });
}

const isPast = (workedAt: Date) => Math.abs(Date.now() - workedAt.getTime()) > 60_000;

/**
 * Runs one call on behalf of a channel's account and keeps the connection's record true: a credential near its end is
 * refreshed first, a refused one is refreshed once and the call made again (never a send whose outcome is unknown), a
 * final refusal is noted on the connection and told as `channel.broken`. A channel without a connection answers
 * `credential-rejected`. `opened` (or null: not connected) spares reading the account; that the call worked is then the
 * caller's to note. `proves: false` is for calls that can succeed without the credential (preparing, looking): they
 * say nothing about whether it still works. `signal` stands in for the call's own time limit. What the network says of
 * its limits, by refusing or by what it counts, holds back everything under that limit; `operation` is what the call is
 * for.
 */
export async function withAccount<T, F extends Fault>(
  context: Context,
  place: AccountPlace,
  run: (connector: Connector, call: AccountCall) => Promise<Outcome<T, F | Fault>>,
  {
    proves = true,
    opened,
    signal,
    operation = 'publish',
  }: {
    proves?: boolean;
    opened?: OpenedAccount | null;
    signal?: AbortSignal;
    operation?: 'publish' | 'read';
  } = {},
): Promise<Outcome<T, F | Fault>> {
  const { house } = context;
  const account =
    opened === undefined
      ? (await house.db.inWorkspace(place.workspaceId, (tx) => openAccounts(tx, [place.channelId]))).get(
          place.channelId,
        )
      : opened;
  const connector = account && house.connectors.get(account.network);
  if (!connector) return fail({ kind: 'credential-rejected', said: 'The channel is not connected.' });

  const { expires_at: expiresAt } = account.connection;
  if (expiresAt && expiresAt.getTime() - Date.now() < REFRESH_BEFORE_MS) {
    const refreshed = await refresh(context, place, connector, account.connection);
    if (refreshed.ok) account.connection = refreshed.value;
  }
  const told: ToldBudget[] = [];
  const startedAt = new Date();
  const heed = async (outcome: Outcome<T, F | Fault>): Promise<Outcome<T, F | Fault>> => {
    const { remote_id: remoteId, server } = account.connection;
    const fault = await heedLimits(context, {
      ...place,
      place: placeOfAccount(account.network, { remoteId, server }),
      manifest: connector.manifest,
      operation,
      told,
      fault: outcome.ok ? null : outcome.fault,
      now: startedAt,
    });
    return outcome.ok || fault === null ? outcome : fail({ ...outcome.fault, ...fault });
  };
  const attempt = async (): Promise<Outcome<T, F | Fault>> => {
    const call = callOf(context, place, { connection: account.connection, ...(signal ? { signal } : {}) });
    const outcome = await run(connector, { ...call, http: watchBudgets(call.http, connector.manifest, told) });
    return outcome.ok ? outcome : fail(hideSecretsOf(call, outcome.fault));
  };
  let outcome = await attempt();
  if (!outcome.ok && mayTryAgain(outcome.fault)) {
    const refreshed = await refresh(context, place, connector, account.connection);
    if (refreshed.ok) {
      account.connection = refreshed.value;
      outcome = await attempt();
    } else if (!isFinal(refreshed.fault)) {
      // The network could not be asked for a new credential just now: that is no word about the account.
      return heed(fail({ ...refreshed.fault, reached: 'no' as const }));
    }
  }
  if (!outcome.ok || (proves && opened === undefined)) await note(house, place, account, outcome);
  return heed(outcome);
}

const mayTryAgain = (fault: Fault) =>
  fault.kind === 'credential-rejected' && (!('reached' in fault) || fault.reached === 'no');

const isFinal = (fault: Fault) => fault.kind === 'credential-rejected' || fault.kind === 'permission-missing';

/** The fault without what opens the account; what anyone may know of the account stays. */
function hideSecretsOf<F extends Fault>({ account, credential }: AccountCall, fault: F): F {
  const { remoteId, handle, name, address, server } = account;
  return hideSecrets(fault, credential, [remoteId, handle, name, address, server]);
}

function callOf(
  context: Context,
  place: AccountPlace,
  { connection, signal = AbortSignal.timeout(CALL_TIMEOUT_MS) }: { connection: ConnectionRow; signal?: AbortSignal },
): AccountCall {
  return {
    http: context.house.http,
    log: context.log,
    now: new Date(),
    signal,
    account: {
      remoteId: connection.remote_id,
      handle: connection.handle,
      name: connection.name,
      address: connection.address,
      server: connection.server,
    },
    credential: openCredential(context.house.vault, place, connection),
    uploads: rememberUploads(context.house.db, place),
  };
}

/**
 * Refreshes once, one refresher at a time: whoever waited for the row takes what the other one got. When the network
 * gives no new credential the old one stays, and the fault says why.
 */
async function refresh(
  context: Context,
  place: AccountPlace,
  connector: Connector,
  seen: ConnectionRow,
): Promise<Outcome<ConnectionRow, Fault>> {
  const { auth } = connector;
  const nothing = fail({ kind: 'credential-rejected' as const, said: 'There is nothing to refresh.' });
  if (auth.kind !== 'form') return nothing;
  const work = async (tx: Tx): Promise<Outcome<ConnectionRow, Fault>> => {
    const current = await findConnection(tx, place.channelId, { lock: true });
    if (!current) return nothing;
    if (current.generation !== seen.generation) return ok(current);
    const call = callOf(context, place, { connection: current, signal: AbortSignal.timeout(30_000) });
    const outcome = await auth.refresh(call);
    if (!outcome.ok) {
      context.log.warn({ channelId: place.channelId, fault: outcome.fault.kind }, 'a credential was not refreshed');
      return fail(hideSecretsOf(call, outcome.fault));
    }
    const credential = sealCredential(context.house.vault, place, outcome.value.credential);
    await writeRefreshed(tx, place.channelId, credential, outcome.value.expiresAt);
    if (current.state !== 'connected') await tellConnected(tx, place);
    const refreshed = await findConnection(tx, place.channelId);
    return refreshed ? ok(refreshed) : nothing;
  };
  return refreshing(() => context.house.db.inWorkspace(place.workspaceId, work));
}

async function note(
  house: House,
  place: AccountPlace,
  account: OpenedAccount,
  outcome: Outcome<unknown, Fault>,
): Promise<void> {
  await house.db.inWorkspace(place.workspaceId, async (tx: Tx) => {
    if (outcome.ok) {
      await noteWorked(tx, place.workspaceId, [account]);
      return;
    }
    const { fault } = outcome;
    if (fault.kind !== 'credential-rejected' && fault.kind !== 'permission-missing') return;
    const missing = fault.kind === 'permission-missing' ? fault.permission : null;
    if (await writeBroken(tx, place.channelId, account.connection.generation, fault.kind, missing)) {
      await tellFact(tx, {
        workspaceId: place.workspaceId,
        kind: 'channel.broken',
        payload: { channelId: place.channelId, fault: fault.kind },
      });
    }
  });
}

const tellConnected = (tx: Tx, { workspaceId, channelId }: AccountPlace): Promise<void> =>
  tellFact(tx, { workspaceId, kind: 'channel.connected', payload: { channelId } });

const sealedAt = ({ workspaceId, channelId }: AccountPlace) => ({
  workspaceId,
  table: 'connection',
  column: 'credential',
  rowId: channelId,
});

export const sealCredential = (vault: Vault, place: AccountPlace, credential: Json): string =>
  vault.seal(JSON.stringify(credential), sealedAt(place));

/** Credentials of rows that are in use: a delivery opens its account more than once. */
const inUse = new WeakMap<ConnectionRow, Json>();

function openCredential(vault: Vault, place: AccountPlace, connection: ConnectionRow): Json {
  if (connection.credential === null) return null;
  const kept = inUse.get(connection);
  if (kept !== undefined) return kept;
  const credential = JSON.parse(vault.open(connection.credential, sealedAt(place))) as Json;
  inUse.set(connection, credential);
  return credential;
}
