import type { MetricId } from '#contract/metrics.ts';
import { cleanLine, cleanWords } from '../kit/clean-text.ts';
import type { AccountCall, Engagement, InsightsFacet, PostFigures, Reading } from '../kit/contract.ts';
import { type Fault, fail, type Outcome, ok } from '../kit/faults.ts';
import { callServer } from './call-server.ts';
import { readCredential, unreadableCredential } from './credential.ts';
import { type Act, Acts, Figures, type FiguresOfPost, Me } from './wire.ts';

/** What the network counts, and who did it. */
export const insights = { posts, account, engagements } satisfies InsightsFacet;

/** The most posts that one call may ask for. */
const batchSize = 50;
const postMetrics = ['likes', 'reposts', 'replies', 'post-views'] as const satisfies MetricId[];

async function posts(call: AccountCall, remoteIds: string[]): Promise<Outcome<PostFigures[], Fault>> {
  const credential = readCredential(call.credential);
  if (!credential) return fail(unreadableCredential);
  const { server, accessToken } = credential;
  const figures: PostFigures[] = [];
  for (let from = 0; from < remoteIds.length; from += batchSize) {
    const batch = remoteIds.slice(from, from + batchSize);
    const path = `/figures?ids=${batch.map(encodeURIComponent).join(',')}`;
    const seen = await callServer(call, { method: 'GET', server, path, token: accessToken }, Figures);
    if (!seen.ok) return seen;
    const known = new Map(seen.value.figures.map((it) => [it.id, it]));
    for (const remoteId of batch) {
      const found = known.get(remoteId);
      figures.push({ remoteId, readings: found ? readCounts(found) : {} });
    }
  }
  return ok(figures);
}

function readCounts({ gone, likes, shares, comments, views }: FiguresOfPost): PostFigures['readings'] {
  if (gone) return Object.fromEntries(postMetrics.map((metric) => [metric, { state: 'gone' }]));
  return {
    likes: reading(likes),
    reposts: reading(shares),
    replies: reading(comments),
    'post-views': reading(views),
  };
}

const reading = (value: number | undefined): Reading =>
  value === undefined ? { state: 'not-offered' } : { state: 'value', value };

async function account(call: AccountCall): Promise<Outcome<Partial<Record<MetricId, Reading>>, Fault>> {
  const credential = readCredential(call.credential);
  if (!credential) return fail(unreadableCredential);
  const { server, accessToken } = credential;
  const me = await callServer(call, { method: 'GET', server, path: '/me', token: accessToken }, Me);
  return me.ok ? ok({ followers: reading(me.value.followers) }) : me;
}

async function engagements(call: AccountCall, remoteId: string, limit: number): Promise<Outcome<Engagement[], Fault>> {
  const credential = readCredential(call.credential);
  if (!credential) return fail(unreadableCredential);
  const { server, accessToken } = credential;
  const path = `/posts/${encodeURIComponent(remoteId)}/engagements?limit=${limit}`;
  const acts = await callServer(call, { method: 'GET', server, path, token: accessToken }, Acts);
  if (!acts.ok) return acts;
  const time = ({ at }: Engagement) => at?.getTime() ?? Number.NEGATIVE_INFINITY;
  const all = acts.value.engagements.map((act) => asEngagement(act, server));
  return ok(all.sort((a, b) => (time(a) === time(b) ? 0 : time(b) - time(a))).slice(0, limit));
}

const kinds = { like: 'like', share: 'repost', comment: 'reply' } as const;

function asEngagement({ id, kind, account: who, text, at }: Act, server: string): Engagement {
  return {
    remoteId: id,
    kind: kinds[kind],
    actor: {
      remoteId: who.id,
      handle: who.handle,
      name: cleanLine(who.name, 100) || who.handle,
      address: `${server}/@${who.handle}`,
    },
    text: text === null ? null : cleanWords(text, 2_000),
    address: kind === 'comment' ? `${server}/posts/${encodeURIComponent(id)}` : null,
    at,
  };
}
