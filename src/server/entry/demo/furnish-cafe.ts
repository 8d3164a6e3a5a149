import type { ChannelId, GoalId } from '#contract/ids.ts';
import type { Language } from '#contract/terms.ts';
import type { CafeWords } from './cafe-words.ts';
import { personHandle } from './crowd.ts';
import type { Client, MovedHouse } from './moved-house.ts';
import { PRACTICE_PASSWORD } from './practice-control.ts';

/** What a café has from its first day on. */
export interface Cafe {
  client: Client;
  workspaceId: string;
  zone: string;
  words: CafeWords;
  channels: Record<'square' | 'lane' | 'page', string>;
  goals: Record<'talk' | 'followers' | 'visits' | 'rhythm', string>;
  initiatives: Record<'dish' | 'questions' | 'follow' | 'page', string>;
}

export interface Furnishing {
  client: Client;
  language: Language;
  zone: string;
  words: CafeWords;
  /** The local date `days` after the café's first day. */
  dateOf(days: number): string;
}

/** Opens the café's workspace with its page, channels, objectives, goals and initiatives, as its owner would. */
export async function furnishCafe(house: MovedHouse, furnishing: Furnishing): Promise<Cafe> {
  const { client, language, zone, words, dateOf } = furnishing;
  const { id: workspaceId } = await client.workspaces.create({ name: words.business, language, zone });
  const page = await client.page.open({ workspaceId, address: words.address, title: words.pageTitle });
  await client.page.update({
    workspaceId,
    revision: page.revision,
    about: words.about,
    links: [
      { label: words.links.menu, url: 'https://cafe.example/menu' },
      { label: words.links.way, url: 'https://cafe.example/map' },
    ],
  });
  const channels = {
    square: await openChannel(house, furnishing, { workspaceId, handle: 'square', kind: 'keyed', cadence: 5 }),
    lane: await openChannel(house, furnishing, { workspaceId, handle: 'lane', kind: 'keyless', cadence: 4 }),
    page: page.channelId,
  };
  const own = await client.channels.get({ workspaceId, channelId: channels.page as ChannelId });
  await client.channels.update({
    workspaceId,
    channelId: own.id,
    revision: own.revision,
    purpose: words.purposes.page,
    cadencePerWeek: 3,
    language,
  });
  for (const [index, name] of words.people.entries()) {
    await house.switches.openAccount({ handle: personHandle(index), password: PRACTICE_PASSWORD, name });
  }
  const followers = ['square', 'lane'].flatMap((handle, at) =>
    words.people.slice(0, 6 - 2 * at).map((_, index) => ({ by: personHandle(index), handle })),
  );
  await house.switches.do('crowd', { follows: followers });

  const objective = async (key: 'mornings' | 'regulars' | 'known') =>
    (await client.objectives.create({ workspaceId, title: words.objectives[key], description: words.why[key] })).id;
  const [mornings, regulars, known] = [
    await objective('mornings'),
    await objective('regulars'),
    await objective('known'),
  ];
  const goal = async (more: Omit<Parameters<Client['goals']['create']>[0], 'workspaceId'>) =>
    (await client.goals.create({ workspaceId, ...more })).id;
  const goals = {
    talk: await goal({
      title: words.goals.talk,
      metric: 'engagement',
      target: { kind: 'number', value: 1_450 },
      startsOn: dateOf(0),
      deadlineOn: dateOf(121),
      objectiveId: mornings,
      checkpoints: 'weekly',
      means: [
        { what: words.means.camera, atHand: true },
        { what: words.means.hour, atHand: true },
      ],
    }),
    followers: await goal({
      title: words.goals.followers,
      metric: 'followers',
      target: { kind: 'number', value: 90 },
      startsOn: dateOf(0),
      deadlineOn: dateOf(119),
      objectiveId: regulars,
      scope: { posts: 'all', channelIds: [channels.square as ChannelId] },
      checkpoints: 'monthly',
    }),
    visits: await goal({
      title: words.goals.visits,
      metric: 'page-views',
      target: { kind: 'number', value: 560 },
      startsOn: dateOf(0),
      deadlineOn: dateOf(105),
      objectiveId: known,
      means: [{ what: words.means.sign, atHand: false }],
    }),
    rhythm: await goal({
      title: words.goals.rhythm,
      metric: 'posts-published',
      target: { kind: 'number', value: 150 },
      startsOn: dateOf(0),
      deadlineOn: dateOf(98),
      objectiveId: regulars,
      scope: { posts: 'all' },
    }),
  };
  const initiative = async (
    key: 'dish' | 'questions' | 'follow' | 'page',
    more: Omit<Parameters<Client['initiatives']['create']>[0], 'workspaceId' | 'title'>,
  ) => (await client.initiatives.create({ workspaceId, title: words.initiatives[key], ...more })).id;
  const initiatives = {
    dish: await initiative('dish', {
      goalId: goals.talk as GoalId,
      startsOn: dateOf(0),
      end: { kind: 'target-reached' },
      risks: [{ what: words.risks.dish, answer: words.risks.answer }],
    }),
    questions: await initiative('questions', {
      goalId: goals.talk as GoalId,
      startsOn: dateOf(0),
      end: { kind: 'span', days: 120 },
    }),
    follow: await initiative('follow', {
      goalId: goals.followers as GoalId,
      startsOn: dateOf(14),
      end: { kind: 'date', on: dateOf(119) },
    }),
    page: await initiative('page', {
      goalId: goals.visits as GoalId,
      startsOn: dateOf(7),
      end: { kind: 'target-reached' },
    }),
  };
  return { client, workspaceId, zone, words, channels, goals, initiatives };
}

interface NewChannel {
  workspaceId: string;
  handle: 'square' | 'lane';
  kind: 'keyed' | 'keyless';
  cadence: number;
}

async function openChannel(
  house: MovedHouse,
  { client, words, language }: Furnishing,
  { workspaceId, handle, kind, cadence }: NewChannel,
): Promise<string> {
  await house.switches.openAccount({ handle, kind, password: PRACTICE_PASSWORD, name: words.business });
  const { id: channelId } = await client.channels.create({
    workspaceId,
    network: 'practice',
    name: words.channels[handle],
    purpose: words.purposes[handle],
    cadencePerWeek: cadence,
    language,
  });
  const values = { server: house.switches.url, identifier: handle, password: PRACTICE_PASSWORD };
  await client.channels.connect({ workspaceId, channelId, values });
  return channelId;
}
