import { describe, expect, it } from 'vitest';
import { codeOf, says, useBusiness } from '#server/features/publishing/testing.ts';
import { makeMember, makeTeam } from '#test/makers.ts';

const shop = useBusiness({ zone: 'UTC' });
const DAY_MS = 86_400_000;
const rejected = { kind: 'content-rejected', field: 'text', reason: 'no', said: 'no', reached: 'no' } as const;

const look = () => shop.team.client.today.get(shop.ws());
const kinds = async () => (await look()).suggestions.map((it) => it.kind);
const addDays = (on: string, days: number) => Temporal.PlainDate.from(on).add({ days }).toString();

async function setGoal(title = 'Talked about', metric: 'likes' | 'posts-published' = 'likes') {
  const { on } = await look();
  return shop.team.client.goals.create({
    ...shop.ws(),
    title,
    metric,
    target: { kind: 'number', value: 20 },
    deadlineOn: addDays(on, 90),
  });
}

describe('the morning page', () => {
  it('leads a new workspace to the interview and says that nothing is here yet', async () => {
    const fresh = await makeTeam(shop.server, { zone: 'UTC' });
    const { workspaceId } = fresh;
    expect(await fresh.client.today.get({ workspaceId })).toMatchObject({
      isNew: true,
      goingOut: [],
      goals: [],
      suggestions: [{ kind: 'interview', reason: 'not-begun', path: `/w/${workspaceId}/begin`, act: 'open' }],
    });
  });

  it('suggests to write for a goal that nothing serves, and is quiet once something does', async () => {
    const { client, workspaceId } = shop.team;
    const goal = await setGoal();
    const { suggestions, isNew } = await look();
    expect(isNew).toBe(false);
    expect(suggestions).toMatchObject([
      { kind: 'goal-unserved', goalId: goal.id, path: `/w/${workspaceId}/posts/new?goal=${goal.id}` },
      { kind: 'page-unopened' },
    ]);
    const draft = await shop.draft(says('Poppy seed'));
    const serves = { kind: 'goal' as const, goalId: goal.id };
    await client.posts.update({ workspaceId, postId: draft.id, revision: draft.revision, serves });
    expect((await look()).suggestions[0]).toMatchObject({
      reason: 'draft',
      path: `/w/${workspaceId}/posts/${draft.id}`,
    });
    const post = await shop.schedule('Rolls', 2 * DAY_MS);
    const { revision } = await client.posts.get({ workspaceId, postId: post.id });
    await client.posts.update({ workspaceId, postId: post.id, revision, serves });
    expect(await kinds()).toEqual(['page-unopened']);
  });

  it('takes every post for one that serves a goal which counts all of them', async () => {
    const goal = await setGoal('Show up', 'posts-published');
    await shop.team.client.goals.update({ ...shop.ws(), goalId: goal.id, revision: 1, scope: { posts: 'all' } });
    await shop.schedule('Rolls', 2 * DAY_MS);
    expect(await kinds()).toEqual(['page-unopened']);
  });

  it('shows what goes out today with the goal it serves, and what went out, and nothing of tomorrow', async () => {
    const { client, workspaceId } = shop.team;
    const goal = await setGoal('Quiet mornings');
    const live = await shop.publish('Fresh rolls');
    await shop.round();
    await client.posts.update({
      workspaceId,
      postId: live.id,
      revision: (await client.posts.get({ workspaceId, postId: live.id })).revision,
      serves: { kind: 'goal', goalId: goal.id },
    });
    await shop.schedule('Tomorrow’s rolls', DAY_MS);
    const { goingOut, moreGoingOut } = await look();
    expect(goingOut).toMatchObject([
      { postId: live.id, state: 'published', channel: 'Shop', goal: 'Quiet mornings', excerpt: 'Fresh rolls' },
    ]);
    expect(moreGoingOut).toBe(0);
  });

  it('says how the goals stand, from the same figures as the goal itself', async () => {
    const goal = await setGoal('Show up', 'posts-published');
    await shop.team.client.goals.update({ ...shop.ws(), goalId: goal.id, revision: 1, scope: { posts: 'all' } });
    await shop.publish('One');
    await shop.round();
    const progress = await shop.team.client.analytics.progress({ ...shop.ws(), goalId: goal.id });
    const { value, target, status, share } = progress;
    expect(value).toBe(1);
    expect((await look()).goals).toMatchObject([
      { goalId: goal.id, title: 'Show up', value, target, status, share, daysLeft: 90 },
    ]);
  });

  it('leads to the channel that is lost, with the post that waits for it', async () => {
    await setGoal();
    await shop.schedule('Rolls', DAY_MS);
    await shop.team.client.channels.disconnect({ ...shop.ws(), channelId: shop.channelId });
    const [first] = (await look()).suggestions;
    expect(first).toMatchObject({
      kind: 'channel-reconnect',
      reason: 'not-connected',
      names: { channel: 'Shop' },
      path: `/w/${shop.team.workspaceId}/channels/${shop.channelId}`,
    });
  });

  it('leads to a post that was refused for its words', async () => {
    shop.network.script = [rejected];
    const refused = await shop.publish('Bad words');
    await shop.round();
    expect((await look()).suggestions[0]).toMatchObject({
      kind: 'delivery-failed',
      act: 'open',
      reason: 'content-rejected',
      names: { post: 'Bad words', channel: 'Shop' },
      path: `/w/${shop.team.workspaceId}/posts/${refused.id}`,
    });
  });

  it('sets a suggestion aside for one person until tomorrow, and takes it back', async () => {
    const { client, workspaceId } = shop.team;
    const goal = await setGoal();
    const suggestion = `goal-unserved:${goal.id}`;
    const { client: other } = await makeMember(shop.server, workspaceId, 'editor');
    const ids = async (whose = client) => (await whose.today.get({ workspaceId })).suggestions.map((it) => it.id);
    await client.today.setAside({ workspaceId, suggestion });
    expect(await ids()).not.toContain(suggestion);
    expect(await ids(other)).toContain(suggestion);
    await client.today.takeBack({ workspaceId, suggestion });
    expect(await ids()).toContain(suggestion);
    await client.today.setAside({ workspaceId, suggestion });
    await shop.clock.advance(DAY_MS);
    expect(await ids()).toContain(suggestion);
  });

  it('speaks of figures that changed and that nobody opened for a week, until somebody does', async () => {
    const { client, workspaceId } = shop.team;
    const { id: goalId } = await setGoal('Show up', 'posts-published');
    await client.goals.update({ workspaceId, goalId, revision: 1, scope: { posts: 'all' } });
    await shop.publish('One');
    await shop.round();
    expect(await kinds()).not.toContain('figures-unseen');
    await shop.clock.advance(8 * DAY_MS);
    const told = (await look()).suggestions.find((it) => it.kind === 'figures-unseen');
    expect(told).toMatchObject({ goalId, reason: 'never', figures: { from: 0, to: 1 } });
    await client.today.look({ workspaceId, goalId });
    expect(await kinds()).not.toContain('figures-unseen');
  });

  it('reminds of a draft whose time is near', async () => {
    const { client, workspaceId } = shop.team;
    await setGoal();
    const draft = await shop.draft(says('Pumpkin bread'));
    const { now } = await look();
    const local = Temporal.Instant.from(now).add({ hours: 3 }).toZonedDateTimeISO('UTC').toPlainDateTime();
    const plannedFor = { local: local.toString({ smallestUnit: 'minute' }), zone: 'UTC' };
    await client.posts.update({ workspaceId, postId: draft.id, revision: draft.revision, plannedFor });
    expect((await look()).suggestions[0]).toMatchObject({
      kind: 'draft-due',
      reason: 'near',
      names: { post: 'Pumpkin bread' },
      path: `/w/${workspaceId}/posts/${draft.id}`,
    });
  });

  it('offers nobody what they may not do', async () => {
    const { workspaceId } = shop.team;
    await setGoal();
    const { client: viewer } = await makeMember(shop.server, workspaceId, 'viewer');
    expect((await viewer.today.get({ workspaceId })).suggestions).toEqual([]);
  });

  it('knows no goal of another workspace', async () => {
    const goal = await setGoal();
    const other = await makeTeam(shop.server);
    const { workspaceId } = other;
    expect(await codeOf(other.client.today.look({ workspaceId, goalId: goal.id }))).toBe('not-found');
  });
});
