import { describe, expect, it } from 'vitest';
import type { InterviewAnswers } from '#contract/onboarding.ts';
import type { Question } from '#contract/operations.ts';
import { makeMember, makeTeam, type TestTeam } from '#test/makers.ts';
import { useServer } from '#test/server.ts';
import { findInterviewState } from './index.ts';

const server = useServer();
let number = 0;

type Wanted = Question<'onboarding', 'make'>;

/** What is wanted when the proposal is taken as it stands. */
async function takeProposal({ client, workspaceId }: TestTeam): Promise<Wanted> {
  const { goal, revision, objective, cadence, second, page, posts, first } = await client.onboarding.proposal({
    workspaceId,
  });
  const option = goal.options.find((it) => it.metric === goal.metric);
  return {
    workspaceId,
    revision,
    objective,
    goal: { title: goal.title, metric: goal.metric, target: option?.target ?? 0, deadlineOn: goal.deadlineOn },
    cadencePerWeek: cadence.perWeek,
    second,
    page: { address: page.address, title: page.title, about: page.about },
    post: posts[first] ?? null,
  };
}

const reachable = { phone: '081-234-5678', contactWay: 'line', contact: '@corner' } as const;

async function answered({
  language = 'en',
  wish = 'mornings',
  contact = reachable,
}: {
  language?: 'en' | 'th';
  wish?: string | null;
  contact?: Partial<InterviewAnswers>;
} = {}) {
  number += 1;
  const team = await makeTeam(server, { name: `Corner ${number}`, language });
  const { client, workspaceId } = team;
  await client.onboarding.save({
    workspaceId,
    revision: 0,
    at: 'proposal',
    skipped: [],
    answers: {
      industry: 'cafe',
      business: 'We roast our own coffee.',
      place: 'Hanoi',
      buyers: 'Neighbours',
      ...contact,
      accounts: [
        { network: 'instagram', handle: '@corner' },
        { network: 'bluesky', handle: 'corner.example' },
      ],
      minutes: 90,
      wish,
    },
  });
  return team;
}

describe('make it so', () => {
  it('makes all that was proposed: what they chose is theirs, the guessed goal not yet', async () => {
    const team = await answered();
    const { client, workspaceId } = team;
    const made = await client.onboarding.make(await takeProposal(team));
    const goal = await client.goals.get({ workspaceId, goalId: made.goalId });
    expect(goal).toMatchObject({ yours: false, objectiveId: made.objectiveId, metric: 'page-link-clicks' });
    const objectives = (await client.objectives.list({ workspaceId })).items;
    expect(objectives).toMatchObject([
      { title: 'Fill the quiet mornings', yours: true, description: 'Who buys: Neighbours' },
    ]);
    expect(goal.means).toMatchObject([{ atHand: true }]);
    expect(await client.page.get({ workspaceId })).toMatchObject({
      about: 'We roast our own coffee.\nHanoi',
      links: [
        { label: 'Write to us on LINE', url: 'https://line.me/R/ti/p/%40corner' },
        { label: 'Call 081-234-5678', url: 'tel:0812345678' },
      ],
    });
    const post = await client.posts.get({ workspaceId, postId: made.postId ?? '' });
    expect(post).toMatchObject({ state: 'draft', pillar: 'promote', serves: { kind: 'goal', goalId: made.goalId } });
    expect(post.content.parts[0]?.text).toContain(team.workspace.name);
    expect(post.content.parts[0]?.link).toBe('https://line.me/R/ti/p/%40corner');
    const channels = (await client.channels.list({ workspaceId })).items;
    expect(channels.map(({ network, cadencePerWeek }) => [network, cadencePerWeek]).toSorted()).toEqual([
      ['bluesky', 2],
      ['instagram', null],
      ['page', 2],
    ]);
    expect(channels.find((it) => it.network === 'page')?.purpose).not.toBe('');
  });

  it('proposes no goal that counts links where nobody named one, and puts none on page or draft', async () => {
    const team = await answered({ contact: { phone: 'at the counter' } });
    const { client, workspaceId } = team;
    const proposal = await client.onboarding.proposal({ workspaceId });
    expect(proposal.goal.options.map((it) => it.metric)).toEqual(['page-views', 'post-views']);
    const made = await client.onboarding.make(await takeProposal(team));
    expect(await client.goals.get({ workspaceId, goalId: made.goalId })).toMatchObject({
      metric: 'page-views',
      means: [],
    });
    expect((await client.page.get({ workspaceId })).links).toEqual([]);
    const post = await client.posts.get({ workspaceId, postId: made.postId ?? '' });
    expect(post.content.parts[0]?.link).toBeNull();
  });

  it('names the goal by where one writes, where the page leads nowhere else, and has the post say where', async () => {
    const { client, workspaceId } = await answered();
    const { goal, posts } = await client.onboarding.proposal({ workspaceId });
    expect(goal.title).toBe('More people go from our page to LINE');
    for (const { text } of posts) expect(text).toContain('LINE @corner / 081-234-5678');
    const foreign = await answered({ contact: { phone: 'ask us', contactWay: 'whatsapp', contact: 'm.me/corner' } });
    const named = await foreign.client.onboarding.proposal({ workspaceId: foreign.workspaceId });
    expect(named.goal.title).toBe('More people go from our page to Messenger');
    for (const { text } of named.posts) {
      expect(text).toContain('https://m.me/corner');
      expect(text).not.toContain('ask us');
    }
    const elsewhere = await answered({ contact: { contactWay: 'link', contact: 'corner.example/menu' } });
    const other = await elsewhere.client.onboarding.proposal({ workspaceId: elsewhere.workspaceId });
    expect(other.goal.title).toBe('More people follow a link from our page');
    for (const { text } of other.posts) expect(text).toContain('https://corner.example/menu');
  });

  it('adds to an open page how one reaches the business, and what stands there stays', async () => {
    const team = await answered();
    const { client, workspaceId } = team;
    const open = await client.page.open({ workspaceId, address: `open-${number}`, title: 'Open' });
    const menu = { label: 'Menu', url: 'https://corner.example/menu' };
    await client.page.update({ workspaceId, revision: open.revision, links: [menu] });
    await client.onboarding.make(await takeProposal(team));
    const { links, about } = await client.page.get({ workspaceId });
    expect(links.map((it) => it.url)).toEqual([menu.url, 'https://line.me/R/ti/p/%40corner', 'tel:0812345678']);
    expect(about).toBe('');
  });

  it('makes it once, however often and however many at once ask', async () => {
    const team = await answered();
    const { client, workspaceId } = team;
    const wanted = await takeProposal(team);
    const made = await Promise.all([1, 2, 3].map(() => client.onboarding.make(wanted)));
    made.push(await client.onboarding.make(wanted));
    for (const each of made) expect(each).toEqual(made[0]);
    for (const group of ['goals', 'objectives', 'posts'] as const)
      expect((await client[group].list({ workspaceId })).items).toHaveLength(1);
    expect((await client.channels.list({ workspaceId })).items).toHaveLength(3);
  });

  it('makes nothing at all when one part of it is refused, and all of it afterwards', async () => {
    const [taken, team] = [await answered(), await answered()];
    await taken.client.onboarding.make(await takeProposal(taken));
    const { address } = await taken.client.page.get({ workspaceId: taken.workspaceId });
    const wanted = await takeProposal(team);
    const { client, workspaceId } = team;
    await expect(client.onboarding.make({ ...wanted, page: { ...wanted.page, address } })).rejects.toMatchObject({
      code: 'page-address-taken',
    });
    expect((await client.goals.list({ workspaceId })).items).toEqual([]);
    expect((await client.channels.list({ workspaceId })).items).toEqual([]);
    expect((await client.onboarding.get({ workspaceId })).made).toBeNull();
    await client.onboarding.make(wanted);
    expect((await client.goals.list({ workspaceId })).items).toHaveLength(1);
  });

  it('works when every question was skipped and nothing was saved', async () => {
    const team = await makeTeam(server, { name: 'ร้านขนมคุณมาลี', language: 'th' });
    const wanted = await takeProposal(team);
    expect(wanted.page.address).toBe('ran-khanom-khun-mali');
    expect(wanted.post?.text).toContain('[… สถานที่]');
    expect(await team.client.onboarding.make(wanted)).toMatchObject({ goalId: expect.any(String) });
  });

  it('uses the page that is open, and proposes a free address otherwise', async () => {
    const team = await makeTeam(server, { name: 'Twice told' });
    const { client, workspaceId } = team;
    const other = await makeTeam(server, { name: 'Twice told' });
    expect((await client.onboarding.address({ workspaceId, address: 'twice-told' })).isFree).toBe(true);
    await other.client.page.open({ workspaceId: other.workspaceId, address: 'twice-told', title: 'First' });
    expect((await client.onboarding.address({ workspaceId, address: 'twice-told' })).isFree).toBe(false);
    expect((await client.onboarding.proposal({ workspaceId })).page.address).toBe('twice-told-2');
    const open = await client.page.open({ workspaceId, address: 'mine-already', title: 'Mine' });
    expect((await client.onboarding.make(await takeProposal(team))).channelId).toBe(open.channelId);
  });
});

describe('the interview', () => {
  it('goes on where it was left, and keeps what one save does not name', async () => {
    const { client, workspaceId } = await makeTeam(server);
    const first = await client.onboarding.save({
      workspaceId,
      revision: 0,
      at: 'buyers',
      skipped: [],
      answers: { industry: 'salon', place: 'Ubud' },
    });
    await client.onboarding.save({
      workspaceId,
      revision: first.revision,
      at: 'accounts',
      skipped: ['buyers'],
      answers: {},
    });
    expect(await client.onboarding.get({ workspaceId })).toMatchObject({
      answers: { industry: 'salon', place: 'Ubud', minutes: null },
      at: 'accounts',
      skipped: ['buyers'],
      revision: 2,
    });
  });

  it('shows the other’s answers to whoever saves from an older state, also when both begin', async () => {
    const { client, workspaceId } = await makeTeam(server);
    const { client: manager } = await makeMember(server, workspaceId, 'manager');
    const save = (who: typeof client, place: string) =>
      who.onboarding.save({ workspaceId, revision: 0, at: 'buyers', skipped: [], answers: { place } });
    const outcomes = await Promise.allSettled([save(client, 'here'), save(manager, 'there')]);
    const won = outcomes.find((it) => it.status === 'fulfilled')?.value;
    const lost = outcomes.find((it) => it.status === 'rejected')?.reason;
    expect(lost).toMatchObject({
      code: 'edited-meanwhile',
      data: { current: { answers: { place: won?.answers.place }, revision: 1 } },
    });
  });

  it('tells higher rooms how far it is', async () => {
    const stateOf = (workspaceId: string) =>
      findInterviewState({ inWorkspace: (work) => server.house.db.inWorkspace(workspaceId, work) });
    const team = await makeTeam(server);
    expect(await stateOf(team.workspaceId)).toEqual({
      state: 'not-begun',
      at: 'business',
      answered: 0,
      of: 5,
      postId: null,
    });
    const done = await answered();
    expect(await stateOf(done.workspaceId)).toEqual({
      state: 'proposal',
      at: 'proposal',
      answered: 5,
      of: 5,
      postId: null,
    });
    await done.client.onboarding.make(await takeProposal(done));
    expect(await stateOf(done.workspaceId)).toMatchObject({ state: 'made' });
  });

  it('is not for viewers', async () => {
    const team = await answered();
    const { client } = await makeMember(server, team.workspaceId, 'viewer');
    const wanted = await takeProposal(team);
    await expect(client.onboarding.make(wanted)).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(client.onboarding.get({ workspaceId: team.workspaceId })).rejects.toMatchObject({
      code: 'not-allowed',
    });
  });
});

it('to tick what a proposed goal needs is no yes to its number', async () => {
  const team = await answered({ contact: {} });
  const { client, workspaceId } = team;
  const wanted = await takeProposal(team);
  const { goalId } = await client.onboarding.make({ ...wanted, goal: { ...wanted.goal, metric: 'page-link-clicks' } });
  const { revision, means } = await client.goals.get({ workspaceId, goalId });
  expect(means).toMatchObject([{ atHand: false }]);
  const at = means.map((it) => ({ ...it, atHand: true }));
  expect(await client.goals.update({ workspaceId, goalId, revision, means: at })).toMatchObject({
    yours: false,
    means: at,
  });
});

it('a proposed goal and objective become theirs by a yes or by a change of words', async () => {
  const team = await answered({ wish: null });
  const { client, workspaceId } = team;
  const { goalId, objectiveId } = await client.onboarding.make(await takeProposal(team));
  expect(await client.goals.adopt({ workspaceId, goalId })).toMatchObject({ yours: true, revision: 1 });
  const ranked = await client.objectives.update({ workspaceId, objectiveId, revision: 1, rank: 1 });
  expect(ranked.yours).toBe(false);
  const said = await client.objectives.update({ workspaceId, objectiveId, revision: 2, title: 'Busy mornings' });
  expect(said.yours).toBe(true);
  const second = await answered({ wish: null });
  const made = await second.client.onboarding.make(await takeProposal(second));
  const inSecond = { workspaceId: second.workspaceId };
  expect(await second.client.objectives.adopt({ ...inSecond, objectiveId: made.objectiveId })).toMatchObject({
    yours: true,
  });
  const changed = await second.client.goals.update({ ...inSecond, goalId: made.goalId, revision: 1, title: 'Ours' });
  expect(changed.yours).toBe(true);
});
