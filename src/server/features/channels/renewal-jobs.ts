import { readClock } from '#server/platform/clock/index.ts';
import type { Context, JobDefinition } from '#server/platform/context/index.ts';
import type { AccountPlace } from './account-call.ts';
import { findConnection, listConnections, listRenewalsDue, writeNoRenewal } from './connection-store.ts';
import { endOf, hasEnded } from './credential-life.rules.ts';
import { forgetUploadsJob } from './remember-uploads.ts';
import { endCredential, isServerBusy, keepBrokenOff, RENEWALS_AT_ONCE, renewCredential } from './renew-credential.ts';

/** Connections that one tick hands out; the others have waited longer at the next. */
const TICK_LIMIT = 1_000;

/**
 * Renews the credential of one channel if it is due now, whether the channel posts or not. Without anything that could
 * renew it, it is looked at whether it has ended. One that the network refused to renew is asked for once a day, in case
 * that was a mistake. One whose server is busy with others stays due. Repeatable; a channel that was renewed meanwhile is left alone.
 */
export async function renewDue(context: Context, place: AccountPlace): Promise<void> {
  const { house } = context;
  const due = await house.db.inWorkspace(place.workspaceId, async (tx) => {
    const [account] = await listConnections(tx, [place.channelId]);
    const now = await readClock(tx);
    if (!account || (account.connection.state !== 'connected' && account.connection.refused_at === null)) return null;
    const { renew_at: renewAt, expires_at: expiresAt, ends_at: endsAt } = account.connection;
    if (renewAt === null || renewAt > now) return null;
    const connector = house.connectors.get(account.network);
    const connect = connector?.manifest.connect;
    if (connect?.kind === 'form' && connector?.auth.kind === 'form') {
      if (connector.auth.refresh) return { connector, life: connect.life, connection: account.connection };
      const end = endOf({ renewal: connect.life.renewal, expiresAt, endsAt, failingSince: null });
      if (hasEnded(end, now)) {
        // Another one may have come in its place at this moment.
        const current = await findConnection(tx, place.channelId, { lock: true });
        if (current?.generation === account.connection.generation) await endCredential(tx, place);
        return null;
      }
    }
    await writeNoRenewal(tx, place.channelId);
    return null;
  });
  // The others have not to wait for it here: it is handed out again within a minute.
  if (!due || isServerBusy(due.connection)) return;
  try {
    await renewCredential(context, place, due.connector, due.connection);
  } catch (error) {
    // Left alone it would be due every minute for ever, and nobody would see why.
    context.log.error({ err: error, channelId: place.channelId }, 'renewing a credential broke off');
    await keepBrokenOff(context, place, { seen: due.connection, life: due.life });
  }
}

const renewChannel: JobDefinition<{ workspaceId: string; channelId: string }> = {
  name: 'channel.renew',
  unique: true,
  atOnce: RENEWALS_AT_ONCE,
  expireSeconds: 120,
  // It is tried again by the row's own time, not by the queue.
  retryLimit: 0,
  run: renewDue,
};

/** Every minute: hands out the connections that are to be renewed, over all workspaces. */
const tickRenewals: JobDefinition = {
  name: 'channel.renewals',
  cron: '* * * * *',
  unique: true,
  retryLimit: 0,
  run: async ({ house }) => {
    const due = await house.db.across((tx) => listRenewalsDue(tx, TICK_LIMIT));
    await house.db.outside(async (tx) => {
      for (const place of due) await house.jobs.enqueue(tx, renewChannel, place, { key: place.channelId });
    });
  },
};

export const channelJobs = [renewChannel, tickRenewals, forgetUploadsJob] as const;
