import type { AccountCall, Json } from '#connectors/kit/contract.ts';
import type { Fault } from '#connectors/kit/faults.ts';
import type { Context } from '#server/platform/context/index.ts';
import type { Vault } from '#server/platform/crypto/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import type { ConnectionRow } from './channel-store.ts';
import { hideSecrets } from './hide-secrets.ts';
import { rememberUploads } from './remember-uploads.ts';

export interface AccountPlace {
  workspaceId: string;
  channelId: string;
}

/** A call on behalf of a connected account, its credential opened. */
export function shapeCall(
  context: Context,
  place: AccountPlace,
  { connection, signal }: { connection: ConnectionRow; signal: AbortSignal },
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

/** The fault without what opens the account; what anyone may know of the account stays. */
export function hideSecretsOf<F extends Fault>({ account, credential }: AccountCall, fault: F): F {
  const { remoteId, handle, name, address, server } = account;
  return hideSecrets(fault, credential, [remoteId, handle, name, address, server]);
}

/** Whether a fault is the network's last word on a credential. */
export const isFinal = (fault: Fault): fault is Fault & { kind: 'credential-rejected' | 'permission-missing' } =>
  fault.kind === 'credential-rejected' || fault.kind === 'permission-missing';

/** A channel works again: what was held for it goes on. */
export const tellConnected = (tx: Tx, { workspaceId, channelId }: AccountPlace): Promise<void> =>
  tellFact(tx, { workspaceId, kind: 'channel.connected', payload: { channelId } });

/** A channel needs a person. */
export const tellBroken = (tx: Tx, { workspaceId, channelId }: AccountPlace, fault: string): Promise<void> =>
  tellFact(tx, { workspaceId, kind: 'channel.broken', payload: { channelId, fault } });

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
