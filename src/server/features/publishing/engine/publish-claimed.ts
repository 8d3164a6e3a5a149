import type { AccountCall, Connector, PartToSend, Prepared, Sent } from '#connectors/kit/contract.ts';
import { type Fault, fail, type Outcome, type SendFault } from '#connectors/kit/faults.ts';
import { withAccount } from '#server/features/channels/index.ts';
import type { Context } from '#server/platform/context/index.ts';
import { SEND_DEADLINE_MS, SEND_TIMEOUT_MS } from '../delivery-states.rules.ts';
import { decidePreparing, decideSending } from '../fault-decision.rules.ts';
import { problemsOf, readMediumFacts } from '../read-content.ts';
import { settlePublished } from '../settle-store.ts';
import { armAttempt, type Load, loadClaimed, noteFirstSend } from './attempt-store.ts';
import type { CrashAt } from './crash-points.ts';
import type { Claim } from './ledger-store.ts';
import { settleFault } from './settle-fault.ts';
import { shapePart } from './shape-part.ts';

/** Whether this process still believes that it holds the claim; asked in the tick of the write. */
export interface Hold {
  isMine(): boolean;
}

/**
 * Brings one claimed part to its channel: prepare, arm, send once, settle. Every way out leaves the part in a named
 * state; a crash anywhere leaves it to the sweep. Never throws for what the outside does.
 */
export async function publishClaimed(
  context: Context,
  claim: Claim,
  options: { hold: Hold; crashAt: CrashAt },
): Promise<void> {
  const { house } = context;
  const { crashAt, hold } = options;
  crashAt('claimed');
  const load = await house.db.inWorkspace(claim.workspaceId, (tx) => loadClaimed(tx, claim));
  if (!load) return;

  const prepared = await prepare(context, load, crashAt);
  if (!prepared.ok) {
    await settleFault(context, claim, {
      load,
      from: 'claimed',
      fault: prepared.fault,
      decision: decidePreparing(prepared.fault, groundOf(load)),
    });
    return;
  }
  crashAt('before-arm');
  // Before the commit: a worker that freezes between *arm* and *send* must find its time used up when it wakes.
  const limit = { armedAt: performance.now(), signal: AbortSignal.timeout(SEND_TIMEOUT_MS) };
  const armed = await house.db.inWorkspace(claim.workspaceId, (tx) => armAttempt(tx, claim, prepared.value));
  if (!armed) return;
  crashAt('armed');

  const sent = await send(context, load, { prepared: prepared.value, limit, hold, crashAt });
  crashAt('before-settle');
  const attempt = { id: armed.attemptId };
  if (sent.outcome.ok) {
    const { value } = sent.outcome;
    await house.db.inWorkspace(claim.workspaceId, async (tx) => {
      if (sent.writtenAgoMs !== null) await noteFirstSend(tx, claim.id, sent.writtenAgoMs());
      await settlePublished(tx, load.part, { sent: value, from: ['armed', 'unconfirmed'], attemptId: attempt.id });
    });
  } else {
    const { fault } = sent.outcome;
    if (sent.writtenAgoMs !== null) {
      const ago = sent.writtenAgoMs;
      await house.db.inWorkspace(claim.workspaceId, (tx) => noteFirstSend(tx, claim.id, ago()));
    }
    await settleFault(context, claim, {
      load,
      from: 'armed',
      fault,
      decision: decideSending(fault, groundOf(load)),
      attemptId: attempt.id,
    });
  }
  crashAt('settled');
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
  const facts = await context.house.db.inWorkspace(part.workspace_id, (tx) => readMediumFacts(tx, [content]));
  return withAccount<Prepared, Fault>(
    context,
    place,
    async (connector: Connector, call: AccountCall) => {
      const problem = problemsOf(connector.manifest, content, facts).find(({ severity }) => severity === 'error');
      if (problem)
        return fail({ kind: 'content-rejected', field: problem.field, reason: problem.code, said: problem.code });
      const shaped: Outcome<PartToSend, Fault> = await shapePart(context, load, {
        manifest: connector.manifest,
        signal: call.signal,
      });
      if (!shaped.ok) return shaped;
      crashAt('before-upload');
      const outcome = await connector.publish.prepare(call, shaped.value);
      crashAt('prepared');
      return outcome;
    },
    { proves: false },
  );
}

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
  }: { prepared: Prepared; limit: { armedAt: number; signal: AbortSignal }; hold: Hold; crashAt: CrashAt },
): Promise<SendResult> {
  let writtenAt: number | null = null;
  const beforeWrite = () => {
    if (performance.now() - limit.armedAt > SEND_DEADLINE_MS) throw new Error('the send deadline has passed');
    if (!hold.isMine()) throw new Error('the attempt is not current any more');
    writtenAt ??= performance.now();
    crashAt('before-send');
  };
  const place = { workspaceId: load.part.workspace_id, channelId: load.part.channel_id };
  const outcome = await withAccount<Sent, SendFault>(context, place, async (connector, call) => {
    const answer = await connector.publish.send({ ...call, signal: limit.signal }, prepared, { beforeWrite });
    crashAt('sent');
    return answer;
  });
  const since: number | null = writtenAt;
  return {
    outcome: outcome.ok
      ? outcome
      : fail('reached' in outcome.fault ? outcome.fault : { ...outcome.fault, reached: 'no' as const }),
    writtenAgoMs: since === null ? null : () => performance.now() - since,
  };
}
