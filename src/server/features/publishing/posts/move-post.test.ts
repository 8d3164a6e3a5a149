import { describe, expect, it } from 'vitest';
import type { Post } from '#contract/posts.ts';
import { codeOf, says, useBusiness } from '../testing.ts';

const shop = useBusiness();
const { round, schedule, ws } = shop;

/** A time of the clock of the tests, so many minutes on. */
const inMinutes = async (minutes: number) => {
  const { checkedAt } = await shop.team.client.publishing.health(ws());
  const due = Temporal.Instant.from(checkedAt).add({ minutes }).toZonedDateTimeISO('UTC').toPlainDateTime();
  return { local: due.toString({ smallestUnit: 'minute' }), zone: 'UTC' };
};
const move = (post: Pick<Post, 'id' | 'revision'>, at: { local: string; zone: string } | null) =>
  shop.team.client.posts.move({ ...ws(), postId: post.id, revision: post.revision, at }) as Promise<Post>;

describe('moving a post', () => {
  it('brings what is scheduled out at its new time and not at its old one', async () => {
    const post = await schedule('Later, please', 30 * 60_000);
    expect((await move(post, await inMinutes(90))).state).toBe('scheduled');
    await shop.clock.advance(40 * 60_000);
    await round();
    expect(shop.network.posts).toHaveLength(0);
    await shop.clock.advance(60 * 60_000);
    await round();
    expect(shop.network.posts).toHaveLength(1);
  });

  it('leaves a draft a draft, and takes its plan away again', async () => {
    const draft = await shop.draft(says('Some day'));
    const at = await inMinutes(60);
    const planned = await move(draft, at);
    expect(planned).toMatchObject({ state: 'draft', deliveries: [], plannedFor: at });
    expect((await move(planned, null)).plannedFor).toBeNull();
  });

  it('can be undone by moving back', async () => {
    const post = await schedule('There and back', 30 * 60_000);
    const before = post.plannedFor;
    if (!before) throw new Error('not planned');
    const moved = await move(post, await inMinutes(300));
    expect((await move(moved, { local: before.local, zone: before.zone })).plannedFor).toEqual(before);
  });

  it('says that a time in the spring gap was moved on', async () => {
    const draft = await shop.draft(says('In the gap'));
    const { plannedFor } = await move(draft, { local: '2027-03-28T02:30', zone: 'Europe/Berlin' });
    expect(plannedFor).toMatchObject({ moved: true, at: '2027-03-28T01:00:00.000Z' });
  });

  it('refuses the past, a time that is none, taking the time off the calendar, and a stale revision', async () => {
    const post = await schedule('Stays', 30 * 60_000);
    expect(await codeOf(move(post, await inMinutes(-10)))).toBe('time-in-past');
    expect(await codeOf(move(post, { local: '2027-01-01T10:00', zone: 'Nowhere/Land' }))).toBe('input-invalid');
    expect(await codeOf(move(post, null))).toBe('input-invalid');
    expect(await codeOf(move({ ...post, revision: post.revision - 1 }, await inMinutes(60)))).toBe('edited-meanwhile');
    expect((await shop.team.client.posts.get({ ...ws(), postId: post.id })).plannedFor).toEqual(post.plannedFor);
  });

  it('takes a new time as the decision that what was held shall go out then', async () => {
    const post = await schedule('Wait for me', 30 * 60_000);
    await shop.team.client.publishing.hold(ws());
    await shop.clock.advance(40 * 60_000);
    await round();
    const held = (await shop.team.client.posts.get({ ...ws(), postId: post.id })) as Post;
    expect(held.state).toBe('held');
    expect((await move(held, await inMinutes(240))).state).toBe('scheduled');
  });

  it('refuses what is live', async () => {
    const post = await shop.publish('Out there');
    await round();
    const live = (await shop.team.client.posts.get({ ...ws(), postId: post.id })) as Post;
    expect(await codeOf(move(live, await inMinutes(60)))).toBe('delivery-on-its-way');
  });
});
