import type { AccountCall, Connector } from '#connectors/kit/contract.ts';
import { type Fault, fail, type Outcome } from '#connectors/kit/faults.ts';
import type { Context, House } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { limitTime } from '#server/platform/egress/index.ts';
import { type AccountPlace, hideSecretsOf, isFinal, shapeCall, tellBroken, tellConnected } from './account-call.ts';
import type { ConnectionRow } from './channel-store.ts';
import { listConnections, writeBroken, writeWorked } from './connection-store.ts';
import { heedLimits, placeOfAccount, type ToldBudget, watchBudgets } from './limits/index.ts';
import { renewCredential } from './renew-credential.ts';

/**
 * A credential nearer to its end than this is renewed before it is used. The second way: as a rule `renewal-jobs.ts` has
 * renewed it long before.
 */
const REFRESH_BEFORE_MS = 5 * 60_000;

const CALL_TIMEOUT_MS = 120_000;

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

  const before = isRenewedFirst(account.connection)
    ? await renewCredential(context, place, connector, account.connection)
    : null;
  if (before?.ok) account.connection = before.value;
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
    const time = signal ? { signal, end: () => undefined } : limitTime(CALL_TIMEOUT_MS);
    try {
      const call = shapeCall(context, place, { connection: account.connection, signal: time.signal });
      const outcome = await run(connector, { ...call, http: watchBudgets(call.http, connector.manifest, told) });
      return outcome.ok ? outcome : fail(hideSecretsOf(call, outcome.fault));
    } finally {
      time.end();
    }
  };
  let outcome = await attempt();
  if (!outcome.ok && mayTryAgain(outcome.fault)) {
    // What has just failed is not asked for again.
    const refreshed =
      before && !before.ok ? before : await renewCredential(context, place, connector, account.connection);
    if (refreshed.ok) {
      account.connection = refreshed.value;
      outcome = await attempt();
    } else if (!isFinal(refreshed.fault)) {
      // The network could not be asked for a new credential just now: that is no word about the account.
      return heed(fail({ ...asPassing(refreshed.fault), reached: 'no' as const }));
    }
  }
  if (!outcome.ok || (proves && opened === undefined)) await note(house, place, account, outcome);
  return heed(outcome);
}

/**
 * Near its end; while it still works, what has just failed is left to the job. One that was refused before is asked for
 * too: a network that refused by mistake mends what it did.
 */
function isRenewedFirst({ expires_at: expiresAt, ...row }: ConnectionRow): boolean {
  if (expiresAt === null) return false;
  const now = Date.now();
  const hasJustFailed = row.renewal_failures > 0 && (row.renew_at?.getTime() ?? 0) > now;
  return expiresAt.getTime() - now < (hasJustFailed ? 0 : REFRESH_BEFORE_MS);
}

const mayTryAgain = (fault: Fault) =>
  fault.kind === 'credential-rejected' && (!('reached' in fault) || fault.reached === 'no');

/** Renewing failed, which says nothing about what the call was for: it is made again later, whatever went wrong. */
const asPassing = (fault: Fault): Fault =>
  fault.kind === 'rate-limited' ? fault : { kind: 'temporarily-down', said: fault.said };

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
    if (!isFinal(fault)) return;
    const missing = fault.kind === 'permission-missing' ? fault.permission : null;
    const { generation } = account.connection;
    if (await writeBroken(tx, place.channelId, generation, fault.kind, missing))
      await tellBroken(tx, place, fault.kind);
  });
}
