import type { AccountCall, Connector, PartToSend, Prepared, Sent } from '#connectors/kit/contract.ts';
import { type Fault, fail, type Outcome, type SendFault } from '#connectors/kit/faults.ts';
import { type AccountPlace, listWaits, withAccount } from '#server/features/channels/index.ts';
import type { Context } from '#server/platform/context/index.ts';
import { limitTime } from '#server/platform/egress/index.ts';
import { SEND_DEADLINE_MS, SEND_TIMEOUT_MS } from '../delivery-states.rules.ts';
import { decidePreparing, decideSending } from '../fault-decision.rules.ts';
import { problemsOf } from '../read-content.ts';
import type { Publication } from '../settle-store.ts';
import { type Load, noteFirstSend } from './attempt-store.ts';
import type { CrashAt } from './crash-points.ts';
import type { Desk } from './desk.ts';
import type { Claim } from './ledger-store.ts';
import { settleFault } from './settle-fault.ts';
import { shapePart } from './shape-part.ts';
import type { PaidClaim } from './take-work.ts';
import { waitForStorage } from './wait-for-storage.ts';

/** Whether this process still believes that it holds the claim; asked in the tick of the write. */
export interface Hold {
  isMine(): boolean;
}

export interface PublishOptions {
  hold: Hold;
  crashAt: CrashAt;
  desk: Desk;
  /** Runs a send when there is room for it among the sends of this worker; without it at once. */
  limitSends?: <T>(send: () => Promise<T>) => Promise<T>;
}

/**
 * Brings one claimed part to its channel: prepare, arm, send once, settle. Every way out leaves the part in a named
 * state; a crash anywhere leaves it to the sweep. Never throws for what the outside does. What the claim took of limits
 * is given back when nothing went out.
 */
export async function publishClaimed(context: Context, claim: PaidClaim, options: PublishOptions): Promise<void> {
  const isOut = await bringOut(context, claim, options);
  if (!isOut) options.desk.leaveUnused(claim.taken ?? []);
}

/** False when not a byte went out. */
async function bringOut(context: Context, claim: Claim, options: PublishOptions): Promise<boolean> {
  const { crashAt, desk } = options;
  crashAt('claimed');
  const load = await desk.load(claim);
  if (!load) return false;

  const prepared = await prepare(context, load, crashAt);
  if (!prepared.ok) {
    await settleFault(context, claim, {
      load,
      from: 'claimed',
      fault: prepared.fault,
      decision: decidePreparing(prepared.fault, groundOf(load)),
    });
    return false;
  }
  const limitSends = options.limitSends ?? ((send) => send());
  const sent = await limitSends(() => armAndSend(context, load, { ...options, claim, prepared: prepared.value }));
  if (!sent) return false;
  crashAt('before-settle');
  const { outcome, attempt, writtenAgoMs } = sent;
  if (outcome.ok) {
    const publication: Publication = {
      part: load.part,
      sent: outcome.value,
      from: ['armed', 'unconfirmed'],
      attemptId: attempt.id,
    };
    await desk.publish({ ...publication, sentAgoMs: writtenAgoMs?.() ?? null }, load.account);
  } else {
    if (writtenAgoMs !== null)
      await context.house.db.inWorkspace(claim.workspaceId, (tx) => noteFirstSend(tx, claim.id, writtenAgoMs()));
    const { fault } = outcome;
    const decision = decideSending(fault, groundOf(load));
    await settleFault(context, claim, { load, from: 'armed', fault, decision, attempt });
  }
  crashAt('settled');
  return writtenAgoMs !== null;
}

/** Null when the claim was lost before anything went out. */
async function armAndSend(
  context: Context,
  load: Load,
  { claim, prepared, hold, crashAt, desk }: PublishOptions & { claim: Claim; prepared: Prepared },
): Promise<(SendResult & { attempt: { id: string; number: number } }) | null> {
  crashAt('before-arm');
  // Before the commit: a worker that freezes between *arm* and *send* must find its time used up when it wakes.
  const time = limitTime(SEND_TIMEOUT_MS);
  try {
    const limit = { isOver: startDeadline(), signal: time.signal };
    const armed = await desk.arm({ claim, part: load.part, prepared, preparedAt: load.preparedAt });
    if (!armed) return null;
    crashAt('armed');
    const attempt = { id: armed.attemptId, number: armed.number };
    return { ...(await send(context, load, { prepared, limit, hold, crashAt })), attempt };
  } finally {
    time.end();
  }
}

/**
 * Asks two clocks, because each stands still or jumps where the other does not: the machine's own does not count while
 * the machine sleeps, the wall clock can be set back.
 */
function startDeadline(): () => boolean {
  const armed = performance.now();
  const armedAt = Date.now();
  return () => Math.max(performance.now() - armed, Date.now() - armedAt) > SEND_DEADLINE_MS;
}

const groundOf = (load: Load) => ({
  now: load.now,
  dueAt: load.part.let_go_at ?? load.part.due_at,
  graceMs: load.graceMs,
  tries: load.part.tries + 1,
  jitter: Math.random(),
});

async function prepare(context: Context, load: Load, crashAt: CrashAt): Promise<Outcome<Prepared, Fault>> {
  const { part, post, variant } = load;
  const content = variant.content ?? post.content;
  const place = { workspaceId: part.workspace_id, channelId: part.channel_id };
  const wait =
    part.role === 'post' && content.parts[part.position]?.media.length ? await findUploadWait(context, place) : null;
  if (wait) return fail({ kind: 'rate-limited', retryAt: wait, scope: 'call', said: '' });
  return withAccount<Prepared, Fault>(
    context,
    place,
    async (connector: Connector, call: AccountCall) => {
      const problem = problemsOf(connector.manifest, content, load.facts).find(({ severity }) => severity === 'error');
      if (problem)
        return fail({ kind: 'content-rejected', field: problem.field, reason: problem.code, said: problem.code });
      const shaped: Outcome<PartToSend, Fault> = await shapePart(context, load, {
        manifest: connector.manifest,
        signal: call.signal,
      });
      if (!shaped.ok) return shaped;
      crashAt('before-upload');
      const outcome = await waitForStorage(context, () => connector.publish.prepare(call, shaped.value));
      crashAt('prepared');
      return outcome;
    },
    { proves: false, opened: load.account },
  );
}

/** Until when the network wants no uploads of this account; null: it takes them. */
const findUploadWait = ({ house: { db } }: Context, { workspaceId, channelId }: AccountPlace): Promise<Date | null> =>
  db.inWorkspace(workspaceId, async (tx) => (await listWaits(tx, [channelId], 'upload')).get(channelId) ?? null);

interface SendResult {
  outcome: Outcome<Sent, SendFault>;
  /** How long ago the first byte was allowed out; null when none was. */
  writtenAgoMs: (() => number) | null;
}

async function send(
  context: Context,
  load: Load,
  {
    prepared,
    limit,
    hold,
    crashAt,
  }: { prepared: Prepared; limit: { isOver(): boolean; signal: AbortSignal }; hold: Hold; crashAt: CrashAt },
): Promise<SendResult> {
  let writtenAt: number | null = null;
  const beforeWrite = () => {
    if (limit.isOver()) throw new Error('the send deadline has passed');
    if (!hold.isMine()) throw new Error('the attempt is not current any more');
    writtenAt ??= performance.now();
    crashAt('before-send');
  };
  const place = { workspaceId: load.part.workspace_id, channelId: load.part.channel_id };
  const outcome = await withAccount<Sent, SendFault>(
    context,
    place,
    async (connector, call) => {
      const answer = await connector.publish.send(call, prepared, { beforeWrite });
      crashAt('sent');
      return answer;
    },
    { opened: load.account, signal: limit.signal },
  );
  const since: number | null = writtenAt;
  return {
    outcome: outcome.ok
      ? outcome
      : fail('reached' in outcome.fault ? outcome.fault : { ...outcome.fault, reached: 'no' as const }),
    writtenAgoMs: since === null ? null : () => performance.now() - since,
  };
}
