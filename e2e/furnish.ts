import { type Client, until } from './product.ts';

/** A workspace in which every screen has something to show; returns the address of each. */
export async function furnish(url: string, client: Client): Promise<Record<string, string>> {
  const { id: workspaceId } = await client.workspaces.create({
    name: 'Mali’s Bakery and Coffee House at the Old Market by the River',
    language: 'th',
    zone: 'Asia/Bangkok',
  });
  const inWorkspace = (path: string) => `${url}/w/${workspaceId}/${path}`;
  const objective = await client.objectives.create({ workspaceId, title: 'Fill the quiet mornings' });
  const goal = await client.goals.create({
    workspaceId,
    title: 'More people who talk with us about bread and everything that goes with it',
    metric: 'engagement',
    target: { kind: 'number', value: 200 },
    deadlineOn: '2027-03-31',
    objectiveId: objective.id,
    means: [{ what: 'A camera', atHand: false }],
  });
  await client.initiatives.create({
    workspaceId,
    goalId: goal.id,
    title: 'One post a day',
    startsOn: '2026-12-01',
    end: { kind: 'target-reached' },
  });
  const page = await client.page.open({ workspaceId, address: 'malis-bakery', title: 'Mali’s Bakery' });
  await client.channels.create({ workspaceId, network: 'instagram', name: 'Old Instagram', state: 'dormant' });
  const serves = { kind: 'goal' as const, goalId: goal.id };
  const content = { parts: [{ text: 'ขนมปังอบใหม่ทุกเช้า 🥖 น้ำพริก ปั้นด้วยมือ', media: [], link: null }] };
  const draft = await client.posts.create({ workspaceId, content, serves, variants: [{ channelId: page.channelId }] });
  const due = await client.posts.create({ workspaceId, content, serves, variants: [{ channelId: page.channelId }] });
  const when = Temporal.Now.zonedDateTimeISO('Asia/Bangkok').add({ hours: 2 }).toPlainDateTime();
  const at = { local: when.toString({ smallestUnit: 'minute' }), zone: 'Asia/Bangkok' };
  await client.posts.schedule({ workspaceId, postId: due.id, revision: due.revision, at });
  const live = await client.posts.create({ workspaceId, content, serves, variants: [{ channelId: page.channelId }] });
  await client.posts.publishNow({ workspaceId, postId: live.id, revision: live.revision });
  await until(
    () => client.posts.get({ workspaceId, postId: live.id }),
    (post) => post.state === 'published',
    20_000,
  );
  return {
    goals: inWorkspace('goals'),
    goal: inWorkspace(`goals/${goal.id}`),
    'new goal': inWorkspace('goals/new'),
    'edit goal': inWorkspace(`goals/${goal.id}/edit`),
    objectives: inWorkspace('objectives'),
    channels: inWorkspace('channels'),
    channel: inWorkspace(`channels/${page.channelId}`),
    'new channel': inWorkspace('channels/new'),
    'connect Bluesky': inWorkspace('channels/new?network=bluesky'),
    'known channel': inWorkspace('channels/new?network=known'),
    'new post': inWorkspace('compose'),
    draft: inWorkspace(`posts/${draft.id}`),
    'live post': inWorkspace(`posts/${live.id}`),
    week: inWorkspace('calendar'),
    list: inWorkspace('calendar?view=list'),
    drafts: inWorkspace('calendar?view=drafts'),
    deliveries: inWorkspace('deliveries'),
    settings: inWorkspace('settings'),
    welcome: `${url}/welcome`,
    'own page': `${url}/p/malis-bakery`,
  };
}
