import type { z } from 'zod';
import type { MisbehaviourName, PracticeStanding, practice } from '#contract/demo.ts';
import type { ChannelId } from '#contract/ids.ts';
import { channelRoutes } from '#server/features/channels/index.ts';
import { Refusal, type Routes, refuse, type Verb, type WorkspaceContext } from '#server/platform/context/index.ts';
import { holdSwitches, PRACTICE_PASSWORD, type PracticeSwitches } from './practice-control.ts';

/** What each name means to the network; null: not an order but an act. */
const orderOf: Record<MisbehaviourName, ({ kind: string } & Record<string, string | number>) | null> = {
  slow: { kind: 'slow', ms: 6_000 },
  'rate-limited': { kind: 'rate-limit', form: 'seconds', seconds: 20 },
  'error-before': { kind: 'fail-before' },
  'error-after': { kind: 'fail-after' },
  'answer-lost': { kind: 'drop-after' },
  'cut-off': { kind: 'drop-before' },
  'blocked-after-live': { kind: 'blocked-after' },
  'answer-garbled': { kind: 'changed-answer', shape: 'html' },
  'refused-later': { kind: 'processing', asks: 1, ends: 'failed' },
  'permission-missing': { kind: 'permission-missing' },
  'credential-revoked': null,
};

/** How the network says what it is told, as its control shows it. */
const saidAs: Record<string, MisbehaviourName> = {
  slow: 'slow',
  'rate-limit: seconds': 'rate-limited',
  'fail-before': 'error-before',
  'fail-after': 'error-after',
  'drop-after': 'answer-lost',
  'drop-before': 'cut-off',
  'blocked-after': 'blocked-after-live',
  'changed-answer: html': 'answer-garbled',
  'processing: failed': 'refused-later',
  'permission-missing': 'permission-missing',
};

const getStanding: Verb<typeof practice.get> = async (context) => {
  const { switches, channels } = await enter(context);
  return presentStanding(switches, channels);
};

/** One order stands for each channel: the last one given. */
const misbehave: Verb<typeof practice.misbehave> = async (context, { channelId, misbehaviour }) => {
  const { switches, channels } = await enter(context);
  const channel = channels.find((it) => it.id === channelId) ?? refuse('not-found');
  const { accounts, orders } = await switches.look();
  for (const { id, account } of orders) if (account === channel.handle) await switches.do('lift', { id });
  const order = orderOf[misbehaviour];
  if (order !== null)
    await switches.do('order', { misbehaviour: order, account: channel.handle, call: 'post', times: 1 });
  // Whom nobody there knows is not let in as it is.
  else if (accounts.some(({ handle }) => handle === channel.handle))
    await switches.do('revoke', { account: channel.handle });
  return presentStanding(switches, channels);
};

const behave: Verb<typeof practice.behave> = async (context) => {
  const { switches, channels } = await enter(context);
  await switches.do('lift-all');
  for (const { id: channelId, handle } of channels) {
    // Signing in anew is harmless where the credential works, and a revoked one may not have been noticed yet.
    const values = { server: switches.url, identifier: handle, password: PRACTICE_PASSWORD };
    await channelRoutes.channels
      .connect(context, { workspaceId: context.workspaceId, channelId, values })
      .catch((thrown: unknown) => {
        // The network does not take this one, most likely since somebody wrote another name into the register: the others
        // are signed in all the same, and this one's screen says what it lacks.
        if (!(thrown instanceof Refusal) || !['connect-refused', 'input-invalid'].includes(thrown.code)) throw thrown;
      });
  }
  return presentStanding(switches, channels);
};

export const practiceRoutes = { practice: { get: getStanding, misbehave, behave } } satisfies Routes<'practice'>;

/** The switches and the workspace's channels there; `not-found` where there is no practice network of a demo. */
async function enter(context: WorkspaceContext): Promise<{ switches: PracticeSwitches; channels: PracticeChannel[] }> {
  const control = context.house.config.practice ?? refuse('not-found');
  const { items } = await channelRoutes.channels.list(context, {
    workspaceId: context.workspaceId,
    limit: 200,
  });
  const here = items.filter((it) => it.network === 'practice' && it.archivedAt === null);
  const channels = here.map(({ id, handle }) => ({ id: id as ChannelId, handle }));
  return { switches: holdSwitches(control), channels };
}

interface PracticeChannel {
  id: ChannelId;
  handle: string;
}

async function presentStanding(
  switches: PracticeSwitches,
  channels: readonly PracticeChannel[],
): Promise<z.input<typeof PracticeStanding>> {
  const { orders, ledger } = await switches.look();
  const channelOf = (handle: string | null) => channels.find((it) => it.handle === handle)?.id ?? null;
  return {
    address: switches.url,
    orders: orders.map(({ name, account }) => ({
      channelId: channelOf(account),
      misbehaviour: saidAs[name] ?? null,
      said: name,
    })),
    accepted: ledger.flatMap(({ at, act, account, post, text }) => {
      const channelId = channelOf(account);
      return channelId === null ? [] : [{ at, act, channelId, text, address: `${switches.url}/posts/${post}` }];
    }),
  };
}
