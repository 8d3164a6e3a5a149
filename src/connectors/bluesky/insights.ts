import type { MetricId } from '#contract/metrics.ts';
import type { AccountCall, InsightsFacet, PostFigures, Reading } from '../kit/contract.ts';
import { type Fault, fail, type Outcome, ok } from '../kit/faults.ts';
import { readPostUri } from './addresses.ts';
import { callServer } from './call-server.ts';
import { type Credential, readCredential, unreadableCredential } from './credential.ts';
import { findRecord } from './find-record.ts';
import { listEngagements } from './list-engagements.ts';
import { Posts, type PostView, Profile } from './wire.ts';

/** What the network counts, and who did it. It tells no views and no clicks. */
export const insights = { posts, account, engagements } satisfies InsightsFacet;

/** The most posts that one call may ask for. */
const batchSize = 25;
const postMetrics = ['likes', 'reposts', 'replies', 'quotes', 'bookmarks'] as const satisfies MetricId[];

async function posts(call: AccountCall, remoteIds: string[]): Promise<Outcome<PostFigures[], Fault>> {
  const credential = readCredential(call.credential);
  if (!credential) return fail(unreadableCredential);
  const figures: PostFigures[] = [];
  const known = remoteIds.filter((uri) => readPostUri(uri) !== null);
  for (let from = 0; from < known.length; from += batchSize) {
    const batch = known.slice(from, from + batchSize);
    const seen = await callServer(
      call,
      {
        server: credential.pds,
        method: 'app.bsky.feed.getPosts',
        token: credential.accessJwt,
        query: batch.map((uri) => ['uris', uri]),
      },
      Posts,
    );
    if (!seen.ok) return seen;
    const views = new Map(seen.value.posts.map((view) => [view.uri, view]));
    for (const remoteId of batch) {
      const view = views.get(remoteId);
      figures.push({ remoteId, readings: view ? readCounts(view) : await readAbsence(call, credential, remoteId) });
    }
  }
  return ok(figures);
}

async function account(call: AccountCall): Promise<Outcome<Partial<Record<MetricId, Reading>>, Fault>> {
  const credential = readCredential(call.credential);
  if (!credential) return fail(unreadableCredential);
  const profile = await callServer(
    call,
    {
      server: credential.pds,
      method: 'app.bsky.actor.getProfile',
      token: credential.accessJwt,
      query: [['actor', credential.did]],
    },
    Profile,
  );
  return profile.ok ? ok({ followers: reading(profile.value.followersCount) }) : profile;
}

async function engagements(call: AccountCall, remoteId: string, limit: number) {
  const credential = readCredential(call.credential);
  if (!credential) return fail(unreadableCredential);
  return listEngagements(call, credential, remoteId, limit);
}

const reading = (value: number | undefined): Reading =>
  value === undefined ? { state: 'not-offered' } : { state: 'value', value };

function readCounts(view: PostView): PostFigures['readings'] {
  return {
    likes: reading(view.likeCount),
    reposts: reading(view.repostCount),
    replies: reading(view.replyCount),
    quotes: reading(view.quoteCount),
    bookmarks: reading(view.bookmarkCount),
  };
}

/**
 * A post that the view of the network leaves out may be deleted, or not have arrived there yet. Only the account's own
 * server can tell; where it does not, there is no reading at all.
 */
async function readAbsence(call: AccountCall, { pds }: Credential, remoteId: string): Promise<PostFigures['readings']> {
  const post = readPostUri(remoteId);
  const stored = post && (await findRecord(call, { server: pds, ...post }));
  const isGone = stored?.ok === true && stored.value === null;
  return isGone ? Object.fromEntries(postMetrics.map((metric) => [metric, { state: 'gone' }])) : {};
}
