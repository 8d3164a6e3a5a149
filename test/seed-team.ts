import { makeMember, makeTeam, type TestTeam } from './makers.ts';
import type { TestServer } from './server.ts';

/** A workspace in which there is one of everything. */
export interface SeededTeam extends TestTeam {
  /** By the name of the field that refers to it: `goalId`, … */
  ids: Record<string, string>;
  /** Revisions of what has one, by the same names; `page` for the own page. */
  revisions: Record<string, number>;
}

/** Makes a workspace with an objective, a goal, an initiative, its own page as a channel, a picture, a scheduled post. */
export async function seedTeam(server: TestServer, name: string): Promise<SeededTeam> {
  const team = await makeTeam(server, { name });
  const { client, workspaceId } = team;
  const { person, client: asEditor } = await makeMember(server, workspaceId, 'editor');
  const [session] = (await asEditor.sessions.list()).items;
  const objective = await client.objectives.create({ workspaceId, title: `${name}: fill quiet mornings` });
  const goal = await client.goals.create({
    workspaceId,
    title: `${name}: be talked about`,
    metric: 'likes',
    target: { kind: 'number', value: 100 },
    deadlineOn: '2031-12-31',
    objectiveId: objective.id,
  });
  const initiative = await client.initiatives.create({
    workspaceId,
    goalId: goal.id,
    title: `${name}: a picture a day`,
    startsOn: '2031-01-01',
    end: { kind: 'target-reached' },
  });
  const page = await client.page.open({ workspaceId, address: `seeded-${name.toLowerCase()}`, title: name });
  const file = new File([await makePicture()], 'bread.png', { type: 'image/png' });
  const medium = await client.media.upload({ workspaceId, file, alt: 'Bread' });
  const draft = await client.posts.create({
    workspaceId,
    content: { parts: [{ text: `${name}: fresh bread`, media: [{ mediumId: medium.id, alt: 'Bread' }], link: null }] },
    variants: [{ channelId: page.channelId, content: null }],
    serves: { kind: 'initiative', initiativeId: initiative.id },
  });
  const at = { local: '2031-03-03T09:00', zone: 'Europe/Berlin' };
  const post = await client.posts.schedule({ workspaceId, postId: draft.id, revision: draft.revision, at });
  const [delivery] = post.deliveries;
  const [variant] = post.variants;
  if (!session) throw new Error('The editor has no session.');
  if (!delivery || !variant) throw new Error('The scheduled post has no delivery.');
  const hold = await client.publishing.hold({ workspaceId, why: `${name}: the oven is broken` });
  const { key } = await client.apiKeys.create({ workspaceId, name: `${name}: nightly report`, scopes: ['read'] });
  const { invitation } = await client.invitations.create({ workspaceId, role: 'viewer' });
  const channel = await client.channels.get({ workspaceId, channelId: page.channelId });
  return {
    ...team,
    ids: {
      personId: person.id,
      ownerId: person.id,
      objectiveId: objective.id,
      goalId: goal.id,
      initiativeId: initiative.id,
      channelId: channel.id,
      mediumId: medium.id,
      postId: post.id,
      variantId: variant.id,
      deliveryId: delivery.id,
      holdId: hold.id,
      invitationId: invitation.id,
      sessionId: session.id,
      apiKeyId: key.id,
    },
    revisions: {
      objectiveId: objective.revision,
      goalId: goal.revision,
      initiativeId: initiative.revision,
      channelId: channel.revision,
      postId: post.revision,
      page: page.revision,
    },
  };
}

/** A small PNG that a real encoder made. */
async function makePicture(): Promise<Uint8Array<ArrayBuffer>> {
  const { default: sharp } = await import('sharp');
  const picture = sharp({ create: { width: 64, height: 64, channels: 3, background: '#d9a441' } });
  return new Uint8Array(await picture.png().toBuffer());
}
