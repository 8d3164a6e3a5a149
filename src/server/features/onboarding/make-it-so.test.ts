import { describe, expect, it } from 'vitest';
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

async function answered({ language = 'en', wish = 'mornings' }: { language?: 'en' | 'th'; wish?: string | null } = {}) {
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
    expect(await client.page.get({ workspaceId })).toMatchObject({ about: 'We roast our own coffee.' });
    const post = await client.posts.get({ workspaceId, postId: made.postId ?? '' });
    expect(post).toMatchObject({ state: 'draft', pillar: 'promote', serves: { kind: 'goal', goalId: made.goalId } });
    expect(post.content.parts[0]?.text).toContain(team.workspace.name);
    const channels = (await client.channels.list({ workspaceId })).items;
    expect(channels.map(({ network, cadencePerWeek }) => [network, cadencePerWeek]).toSorted()).toEqual([
      ['bluesky', 2],
      ['instagram', null],
      ['page', 2],
    ]);
    expect(channels.find((it) => it.network === 'page')?.purpose).not.toBe('');
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
    expect(await stateOf(team.workspaceId)).toEqual({ state: 'not-begun', at: 'business', answered: 0, of: 5 });
    const done = await answered();
    expect(await stateOf(done.workspaceId)).toEqual({ state: 'proposal', at: 'proposal', answered: 5, of: 5 });
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
