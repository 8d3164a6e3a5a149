import { type Client, until } from './product.ts';

/** One screen of the interface as the demo's café fills it. */
export interface Screen {
  name: string;
  /** The route's path as the router has it. */
  route: string;
  /** Where it is. What is used up by pressing (a draft that goes out) is made anew each time. */
  open: () => Promise<string>;
}

/** Every screen of the interface with real things of a demo's café behind it; what its history lacks is made. */
export async function listCafeScreens(url: string, client: Client, workspaceId: string): Promise<Screen[]> {
  const { items: goals } = await client.goals.list({ workspaceId, limit: 200 });
  const { items: channels } = await client.channels.list({ workspaceId, limit: 200 });
  const { items: deliveries } = await client.deliveries.list({ workspaceId, limit: 200 });
  const own = channels.find(({ network }) => network === 'page');
  const practice = channels.find(({ network }) => network === 'practice');
  const [goal] = goals;
  if (!own || !practice || !goal) throw new Error('The café lacks a channel or a goal.');
  const postOf = (isWished: (delivery: (typeof deliveries)[number]) => boolean) =>
    deliveries.find(isWished)?.postId ?? '';
  await client.invitations.create({ workspaceId, role: 'editor' });
  await client.apiKeys.create({ workspaceId, name: 'ลิ้นชัก', scopes: ['read'], days: 90 });
  const known = await client.channels.create({
    workspaceId,
    network: 'instagram',
    name: 'อินสตาแกรมเก่า',
    state: 'dormant',
  });
  const makeDraft = async () => {
    const content = { parts: [{ text: 'ขนมปังอบใหม่ทุกเช้า 🥖', media: [], link: null }] };
    const serves = { kind: 'goal' as const, goalId: goal.id };
    const variants = [{ channelId: own.id }, { channelId: practice.id }];
    return (await client.posts.create({ workspaceId, content, serves, variants })).id;
  };
  const makeScheduled = async () => {
    const postId = await makeDraft();
    const { revision, zone } = {
      ...(await client.posts.get({ workspaceId, postId })),
      ...(await client.workspaces.get({ workspaceId })),
    };
    const local = Temporal.Now.zonedDateTimeISO(zone)
      .add({ days: 2 })
      .toPlainDateTime()
      .toString({ smallestUnit: 'minute' });
    await client.posts.schedule({ workspaceId, postId, revision, at: { local, zone } });
    return postId;
  };
  const makeLive = async () => {
    const postId = await makeDraft();
    const { revision } = await client.posts.get({ workspaceId, postId });
    await client.posts.publishNow({ workspaceId, postId, revision });
    await until(
      () => client.posts.get({ workspaceId, postId }),
      ({ state }) => state === 'published',
      60_000,
    );
    return postId;
  };
  const makeGoal = async () => {
    const { title, metric, deadlineOn } = goal;
    const target = { kind: 'number' as const, value: 300 };
    const made = await client.goals.create({
      workspaceId,
      title,
      metric,
      target,
      deadlineOn,
      means: [{ what: title, atHand: false }],
    });
    const startsOn = Temporal.Now.plainDateISO().toString();
    await client.initiatives.create({ workspaceId, goalId: made.id, title, startsOn, end: { kind: 'target-reached' } });
    return made.id;
  };
  const live = await makeLive();
  const inside = (name: string, route: string, path: string | (() => Promise<string>)): Screen => ({
    name,
    route: `/w/$workspaceId${route}`,
    open: async () => `${url}/w/${workspaceId}/${typeof path === 'string' ? path : await path()}`,
  });
  return [
    inside('today', '/today', 'today'),
    inside('interview', '/begin', 'begin?at=business'),
    inside('interview: buyers', '/begin', 'begin?at=buyers'),
    inside('interview: accounts', '/begin', 'begin?at=accounts'),
    inside('interview: minutes', '/begin', 'begin?at=minutes'),
    inside('interview: wish', '/begin', 'begin?at=wish'),
    inside('interview: proposal', '/begin', 'begin?at=proposal'),
    inside('goals', '/goals', 'goals'),
    inside('goal', '/goals/$goalId', `goals/${goal.id}`),
    inside('goal of one’s own', '/goals/$goalId', async () => `goals/${await makeGoal()}`),
    inside('new goal', '/goals/new', 'goals/new'),
    inside('edit goal', '/goals/$goalId/edit', async () => `goals/${await makeGoal()}/edit`),
    inside('objectives', '/objectives', 'objectives'),
    inside('channels', '/channels', 'channels'),
    inside('own page', '/channels/$channelId', `channels/${own.id}`),
    inside('practice channel', '/channels/$channelId', `channels/${practice.id}`),
    inside('known channel', '/channels/$channelId', `channels/${known.id}`),
    inside('new channel', '/channels/new', 'channels/new'),
    inside('connect Bluesky', '/channels/new', 'channels/new?network=bluesky'),
    inside('enter a channel', '/channels/new', 'channels/new?network=known'),
    inside('new post', '/compose', 'compose'),
    inside('draft', '/posts/$postId', async () => `posts/${await makeDraft()}`),
    inside('scheduled post', '/posts/$postId', async () => `posts/${await makeScheduled()}`),
    inside('live post', '/posts/$postId', `posts/${live}`),
    inside('failed post', '/posts/$postId', `posts/${postOf(({ state }) => state === 'failed')}`),
    inside('taken down post', '/posts/$postId', `posts/${postOf(({ removedAt }) => removedAt !== null)}`),
    inside('week', '/calendar', 'calendar'),
    inside('list', '/calendar', 'calendar?view=list'),
    inside('drafts', '/calendar', 'calendar?view=drafts'),
    inside('deliveries', '/deliveries', 'deliveries'),
    inside('deliveries to decide', '/deliveries', 'deliveries?show=decide'),
    inside('deliveries done', '/deliveries', 'deliveries?show=done'),
    inside('how publishing is doing', '/status', 'status'),
    inside('practice network', '/practice', 'practice'),
    inside('notices', '/notices', 'notices'),
    inside('workspace', '/settings', 'settings'),
    inside('members', '/members', 'members'),
    inside('API keys', '/api-keys', 'api-keys'),
    inside('audit log', '/audit', 'audit'),
    inside('account', '/account', 'account'),
    inside('how one is told', '/notice-settings', 'notice-settings'),
    inside('installation', '/installation', 'installation'),
    outside(url, 'welcome', '/welcome', '/welcome'),
    {
      name: 'invitation, signed in',
      route: '/invitation',
      // A new one: whoever crawls the members takes the others back.
      open: async () => `${url}${toPath((await client.invitations.create({ workspaceId, role: 'editor' })).link)}`,
    },
  ];
}

/** Every screen for somebody who is not signed in. A demo leads away from all of them, to its doorway. */
export async function listOutsideScreens(url: string, client: Client, workspaceId: string): Promise<Screen[]> {
  const anybody = await client.invitations.create({ workspaceId, role: 'editor' });
  const atToken = `#${'a'.repeat(43)}`;
  return [
    outside(url, 'nothing shared', '/share', '/share'),
    outside(url, 'sign in', '/sign-in', '/sign-in'),
    outside(url, 'sign up', '/sign-up', '/sign-up'),
    outside(url, 'forgotten password', '/forgotten-password', '/forgotten-password'),
    outside(url, 'new password', '/reset', `/reset${atToken}`),
    outside(url, 'spent link', '/reset', '/reset#cut-off'),
    outside(url, 'confirm address', '/confirm', `/confirm${atToken}`),
    outside(url, 'no invitation', '/invitation', '/invitation#cut-off'),
    outside(url, 'invitation', '/invitation', toPath(anybody.link)),
    outside(url, 'no link to reconnect', '/reconnect', '/reconnect#cut-off'),
  ];
}

const outside = (url: string, name: string, route: string, path: string): Screen => ({
  name,
  route,
  open: () => Promise.resolve(`${url}${path}`),
});

const toPath = (link: string): string => new URL(link).pathname + new URL(link).hash;
