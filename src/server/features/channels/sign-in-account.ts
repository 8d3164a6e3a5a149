import type { Connected, Connector } from '#connectors/kit/contract.ts';
import type { Fault } from '#connectors/kit/faults.ts';
import type { ConnectField } from '#connectors/kit/manifest.ts';
import { isFilled } from '#connectors/kit/rules/index.ts';
import { readClock } from '#server/platform/clock/index.ts';
import { type Context, Refusal, refuse, refuseField } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { sealCredential } from './account-call.ts';
import { updateChannelRow } from './channel-store.ts';
import { findChannelOfAccount, writeConnection, writeQuota } from './connection-store.ts';
import { renewAt } from './credential-life.rules.ts';
import { mustFindChannel } from './get-channel.ts';
import { hideSecrets } from './hide-secrets.ts';

const CONNECT_TIMEOUT_MS = 30_000;

/** The fields of a network's form; refused for a network that has none. */
export function fieldsOf(connector: Connector | undefined): ConnectField[] {
  if (connector?.manifest.connect.kind !== 'form') refuseField('channelId', 'network-not-connectable');
  return connector.manifest.connect.fields;
}

/** Signs in to the network with the values of its form. Nothing is kept. A refusal names the form's field. */
export async function signInAccount(
  { house, log }: Context,
  connector: Connector,
  values: Record<string, string>,
): Promise<Connected> {
  const fields = fieldsOf(connector);
  if (connector.auth.kind !== 'form') refuseField('channelId', 'network-not-connectable');
  for (const field of fields) {
    if (field.required && !values[field.name]?.trim()) refuseField(`values.${field.name}`, 'required');
  }
  const known = Object.fromEntries(
    fields.map((field) => [field.name, (values[field.name] ?? field.initial ?? '').trim()]),
  );
  const outcome = await connector.auth.connect(
    { http: house.http, log, now: new Date(), signal: AbortSignal.timeout(CONNECT_TIMEOUT_MS) },
    known,
  );
  if (!outcome.ok) {
    const secrets = fields.filter(({ input }) => input === 'password').map(({ name }) => known[name] ?? '');
    throw refusalOf(hideSecrets(outcome.fault, secrets), connector.manifest.id);
  }
  // Never in place of a good one.
  if (!isFilled(outcome.value.credential)) {
    refuse('network-unavailable', { params: { said: 'The answer was empty.' } });
  }
  return outcome.value;
}

/**
 * Keeps what signing in gave, sealed, in place of any older credential; what waits for the channel goes on. Tells nobody.
 */
export async function keepConnected(
  { house }: Context,
  tx: Tx,
  { workspaceId, channelId, connected }: { workspaceId: string; channelId: string; connected: Connected },
): Promise<void> {
  const { account, credential, scopes, expiresAt, endsAt = null, quota = null } = connected;
  const other = await findChannelOfAccount(tx, account.remoteId);
  if (other && other !== channelId) refuse('channel-connected-already', { params: { handle: account.handle } });
  const before = await mustFindChannel(tx, channelId);
  const connect = house.connectors.get(before.network)?.manifest.connect;
  const ends = { now: await readClock(tx), expiresAt, endsAt, jitter: Math.random() };
  await writeConnection(tx, {
    workspace_id: workspaceId,
    channel_id: channelId,
    remote_id: account.remoteId,
    handle: account.handle,
    name: account.name,
    address: account.address,
    server: account.server,
    credential: sealCredential(house.vault, { workspaceId, channelId }, credential),
    scopes,
    expires_at: expiresAt,
    ends_at: endsAt,
    renew_at: connect?.kind === 'form' ? renewAt(ends, connect.life) : null,
  });
  await writeQuota(tx, channelId, quota);
  await updateChannelRow(tx, channelId, before.revision, { handle: account.handle, address: account.address });
}

function refusalOf(fault: Fault, network: string): Refusal {
  switch (fault.kind) {
    case 'content-rejected':
      return new Refusal('connect-refused', {
        problems: [
          {
            field: `values.${fault.field}`,
            code: 'network-refused-field',
            params: { network, reason: fault.reason, said: fault.said },
          },
        ],
      });
    case 'credential-rejected':
      return new Refusal('connect-refused', {
        problems: [{ field: 'values', code: 'credentials-wrong', params: { said: fault.said } }],
      });
    case 'permission-missing':
      return new Refusal('connect-refused', {
        problems: [{ field: 'values', code: 'permission-missing', params: { permission: fault.permission } }],
      });
    case 'rate-limited':
      return new Refusal('too-many-attempts', { params: { said: fault.said } });
    default:
      return new Refusal('network-unavailable', { params: { said: fault.said } });
  }
}
