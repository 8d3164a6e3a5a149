import type { Connected } from '#connectors/kit/contract.ts';
import type { Fault } from '#connectors/kit/faults.ts';
import type { channels } from '#contract/channels.ts';
import { Refusal, refuse, refuseField, type Verb, type WorkspaceContext } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { updateChannelRow } from './channel-store.ts';
import { findChannelOfAccount, writeConnection, writeQuota } from './connection-store.ts';
import { mustFindChannel } from './get-channel.ts';
import { hideSecrets } from './hide-secrets.ts';
import { presentChannel } from './present-channel.ts';
import { sealCredential } from './with-account.ts';

const CONNECT_TIMEOUT_MS = 30_000;

/**
 * Signs in to the network with the values of its form and keeps the credential, sealed. Posts that were held because
 * the channel was not connected go on by themselves. A refusal names the form's field.
 */
export const connectChannel: Verb<typeof channels.connect> = async (context, { workspaceId, channelId, values }) => {
  const channel = await context.inWorkspace((tx) => mustFindChannel(tx, channelId));
  const connector = context.house.connectors.get(channel.network);
  if (connector?.auth.kind !== 'form') refuseField('channelId', 'network-not-connectable');
  const { connect } = connector.manifest;
  if (connect.kind !== 'form') refuseField('channelId', 'network-not-connectable');
  for (const field of connect.fields) {
    if (field.required && !values[field.name]?.trim()) refuseField(`values.${field.name}`, 'required');
  }
  const known = Object.fromEntries(
    connect.fields.map((field) => [field.name, (values[field.name] ?? field.initial ?? '').trim()]),
  );

  const outcome = await connector.auth.connect(
    { http: context.house.http, log: context.log, now: new Date(), signal: AbortSignal.timeout(CONNECT_TIMEOUT_MS) },
    known,
  );
  if (!outcome.ok) {
    const secrets = connect.fields.filter(({ input }) => input === 'password').map(({ name }) => known[name] ?? '');
    throw refusalOf(hideSecrets(outcome.fault, secrets), channel.network);
  }
  return keep(context, { workspaceId, channelId, connected: outcome.value });
};

async function keep(
  context: WorkspaceContext,
  { workspaceId, channelId, connected }: { workspaceId: string; channelId: string; connected: Connected },
) {
  return context.inWorkspace(async (tx) => {
    const { account } = connected;
    const other = await findChannelOfAccount(tx, account.remoteId);
    if (other && other !== channelId) refuse('channel-connected-already', { params: { handle: account.handle } });
    await writeConnection(tx, {
      workspace_id: workspaceId,
      channel_id: channelId,
      remote_id: account.remoteId,
      handle: account.handle,
      name: account.name,
      address: account.address,
      server: account.server,
      credential: sealCredential(context.house.vault, { workspaceId, channelId }, connected.credential),
      scopes: connected.scopes,
      expires_at: connected.expiresAt,
    });
    await writeQuota(tx, channelId, connected.quota ?? null);
    const before = await mustFindChannel(tx, channelId);
    await updateChannelRow(tx, channelId, before.revision, { handle: account.handle, address: account.address });
    await tellFact(tx, { workspaceId, kind: 'channel.connected', payload: { channelId }, personId: context.personId });
    return presentChannel(await mustFindChannel(tx, channelId));
  });
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
