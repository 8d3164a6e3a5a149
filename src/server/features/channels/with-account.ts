import type { AccountCall, Connector, Json } from '#connectors/kit/contract.ts';
import { type Fault, fail, type Outcome, ok } from '#connectors/kit/faults.ts';
import type { Context, House } from '#server/platform/context/index.ts';
import type { Vault } from '#server/platform/crypto/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import type { ConnectionRow } from './channel-store.ts';
import { findChannel } from './channel-store.ts';
import { findConnection, writeBroken, writeRefreshed, writeWorked } from './connection-store.ts';

/** A credential nearer to its end than this is refreshed before it is used. */
const REFRESH_BEFORE_MS = 5 * 60_000;
const CALL_TIMEOUT_MS = 120_000;

export interface AccountPlace {
  workspaceId: string;
  channelId: string;
}

/**
 * Runs one call on behalf of a channel's account and keeps the connection's record true: a credential near its end is
 * refreshed first, a refused one is refreshed once and the call made again (never a send whose outcome is unknown), a
 * final refusal is noted on the connection and told as `channel.broken`. A channel without a connection answers
 * `credential-rejected`. `proves: false` is for calls that can succeed without the credential (preparing, looking): they
 * say nothing about whether it still works.
 */
export async function withAccount<T, F extends Fault>(
  context: Context,
  place: AccountPlace,
  run: (connector: Connector, call: AccountCall) => Promise<Outcome<T, F | Fault>>,
  { proves = true }: { proves?: boolean } = {},
): Promise<Outcome<T, F | Fault>> {
  const { house } = context;
  const found = await house.db.inWorkspace(place.workspaceId, async (tx) => ({
    channel: await findChannel(tx, place.channelId),
    connection: await findConnection(tx, place.channelId),
  }));
  const connector = found.channel && house.connectors.get(found.channel.network);
  if (!connector || !found.connection)
    return fail({ kind: 'credential-rejected', said: 'The channel is not connected.' });

  let connection = found.connection;
  if (connection.expires_at && connection.expires_at.getTime() - Date.now() < REFRESH_BEFORE_MS) {
    const refreshed = await refresh(context, place, connector, connection);
    if (refreshed.ok) connection = refreshed.value;
  }
  let outcome = await run(connector, callOf(context, place, connection));
  if (!outcome.ok && mayTryAgain(outcome.fault)) {
    const refreshed = await refresh(context, place, connector, connection);
    if (refreshed.ok) {
      connection = refreshed.value;
      outcome = await run(connector, callOf(context, place, connection));
    } else if (!isFinal(refreshed.fault)) {
      // The network could not be asked for a new credential just now: that is no word about the account.
      return fail({ ...refreshed.fault, reached: 'no' as const });
    }
  }
  if (!outcome.ok || proves) await note(house, place, connection, outcome);
  return outcome;
}

const mayTryAgain = (fault: Fault) =>
  fault.kind === 'credential-rejected' && (!('reached' in fault) || fault.reached === 'no');

const isFinal = (fault: Fault) => fault.kind === 'credential-rejected' || fault.kind === 'permission-missing';

function callOf(context: Context, place: AccountPlace, connection: ConnectionRow): AccountCall {
  return {
    http: context.house.http,
    log: context.log,
    now: new Date(),
    signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
    account: {
      remoteId: connection.remote_id,
      handle: connection.handle,
      name: connection.name,
      address: connection.address,
      server: connection.server,
    },
    credential:
      connection.credential === null ? null : openCredential(context.house.vault, place, connection.credential),
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
  return context.house.db.inWorkspace(place.workspaceId, async (tx) => {
    const current = await findConnection(tx, place.channelId, { lock: true });
    if (!current) return nothing;
    if (current.generation !== seen.generation) return ok(current);
    const outcome = await auth.refresh({ ...callOf(context, place, current), signal: AbortSignal.timeout(30_000) });
    if (!outcome.ok) {
      context.log.warn({ channelId: place.channelId, fault: outcome.fault.kind }, 'a credential was not refreshed');
      return outcome;
    }
    const credential = sealCredential(context.house.vault, place, outcome.value.credential);
    await writeRefreshed(tx, place.channelId, credential, outcome.value.expiresAt);
    if (current.state !== 'connected') await tellConnected(tx, place);
    const refreshed = await findConnection(tx, place.channelId);
    return refreshed ? ok(refreshed) : nothing;
  });
}

async function note(
  house: House,
  place: AccountPlace,
  connection: ConnectionRow,
  outcome: Outcome<unknown, Fault>,
): Promise<void> {
  await house.db.inWorkspace(place.workspaceId, async (tx: Tx) => {
    if (outcome.ok) {
      const healed = await writeWorked(tx, place.channelId, connection.generation);
      if (healed) await tellConnected(tx, place);
      return;
    }
    const { fault } = outcome;
    if (fault.kind !== 'credential-rejected' && fault.kind !== 'permission-missing') return;
    const missing = fault.kind === 'permission-missing' ? fault.permission : null;
    if (await writeBroken(tx, place.channelId, connection.generation, fault.kind, missing)) {
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

const openCredential = (vault: Vault, place: AccountPlace, sealed: string): Json =>
  JSON.parse(vault.open(sealed, sealedAt(place))) as Json;
