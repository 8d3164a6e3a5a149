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
  const publish = async () => {
    const post = await client.posts.create({ workspaceId, content, serves, variants: [{ channelId: page.channelId }] });
    await client.posts.publishNow({ workspaceId, postId: post.id, revision: post.revision });
    const { deliveries } = await until(
      () => client.posts.get({ workspaceId, postId: post.id }),
      ({ state }) => state === 'published',
      60_000,
    );
    return { id: post.id, deliveryId: deliveries[0]?.id ?? '' };
  };
  const [live, removed] = [await publish(), await publish()];
  const corrected = { parts: [{ text: 'ขนมปังอบใหม่ทุกเช้า 🥖 ปั้นด้วยมือ เริ่มเจ็ดโมง', media: [], link: null }] };
  await client.deliveries.correct({ workspaceId, deliveryId: live.deliveryId, content: corrected });
  await client.deliveries.takeDown({ workspaceId, deliveryId: removed.deliveryId });
  const invited = await client.invitations.create({ workspaceId, email: 'somchai@bakery.example', role: 'approver' });
  const anybody = await client.invitations.create({ workspaceId, role: 'editor' });
  await client.apiKeys.create({ workspaceId, name: 'The till', scopes: ['read', 'content', 'publish'], days: 90 });
  const { key } = await client.apiKeys.create({ workspaceId, name: 'An old one', scopes: ['read'], days: null });
  await client.apiKeys.revoke({ workspaceId, apiKeyId: key.id });
  return {
    begin: inWorkspace('begin'),
    accounts: inWorkspace('begin?at=accounts'),
    wish: inWorkspace('begin?at=wish'),
    proposal: inWorkspace('begin?at=proposal'),
    today: inWorkspace('today'),
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
    'taken down': inWorkspace(`posts/${removed.id}`),
    week: inWorkspace('calendar'),
    month: inWorkspace('calendar?view=month'),
    list: inWorkspace('calendar?view=list'),
    drafts: inWorkspace('calendar?view=drafts'),
    deliveries: inWorkspace('deliveries'),
    status: inWorkspace('status'),
    settings: inWorkspace('settings'),
    members: inWorkspace('members'),
    'API keys': inWorkspace('api-keys'),
    'audit log': inWorkspace('audit'),
    account: inWorkspace('account'),
    notices: inWorkspace('notices'),
    'how one is told': inWorkspace('notice-settings'),
    installation: inWorkspace('installation'),
    welcome: `${url}/welcome`,
    'sign in': `${url}/sign-in`,
    'sign up': `${url}/sign-up`,
    'forgotten password': `${url}/forgotten-password`,
    'new password': `${url}/reset#${'a'.repeat(43)}`,
    'confirm address': `${url}/confirm#${'a'.repeat(43)}`,
    'spent link': `${url}/reset#cut-off`,
    invitation: anybody.link,
    'invitation for another': invited.link,
    'no invitation': `${url}/invitation#cut-off`,
    'no link to reconnect': `${url}/reconnect#cut-off`,
    'own page': `${url}/p/malis-bakery`,
  };
}
