import { createECDH } from 'node:crypto';
import { makeReconnectLink } from '#server/features/channels/testing.ts';
import { makeNotice } from '#server/features/notices/testing.ts';
import { makeMember, makeTeam, type TestTeam } from './makers.ts';
import { seedWorkspace } from './seed-workspace.ts';
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
  const address = `seeded-${name.toLowerCase()}`;
  const { ids, objective, goal, initiative, page, writeDraft } = await seedWorkspace(client, {
    workspaceId,
    name,
    address,
  });
  const draft = await writeDraft();
  const at = { local: '2031-03-03T09:00', zone: 'Europe/Berlin' };
  const post = await client.posts.schedule({ workspaceId, postId: draft.id, revision: draft.revision, at });
  const [delivery] = post.deliveries;
  const [variant] = post.variants;
  if (!session) throw new Error('The editor has no session.');
  if (!delivery || !variant) throw new Error('The scheduled post has no delivery.');
  const hold = await client.publishing.hold({ workspaceId, why: `${name}: the oven is broken` });
  const channel = await client.channels.get({ workspaceId, channelId: page.channelId });
  const reconnectLinkId = await makeReconnectLink(server.house, {
    workspaceId,
    channelId: page.channelId,
    madeBy: team.owner.id,
  });
  const noticeId = await makeNotice(server.house, { workspaceId, personId: team.owner.id });
  const device = await client.notices.addDevice({ ...subscribe(workspaceId), name: `${name}: the telephone` });
  return {
    ...team,
    ids: {
      ...ids,
      noticeId,
      reconnectLinkId,
      pushDeviceId: device.id,
      personId: person.id,
      ownerId: person.id,
      channelId: channel.id,
      postId: post.id,
      variantId: variant.id,
      deliveryId: delivery.id,
      holdId: hold.id,
      sessionId: session.id,
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

/** What a browser would give for push. */
function subscribe(at: string): { endpoint: string; p256dh: string; auth: string } {
  const keys = createECDH('prime256v1');
  keys.generateKeys();
  const auth = Buffer.alloc(16, 7).toString('base64url');
  return { endpoint: `https://push.example/${at}`, p256dh: keys.getPublicKey().toString('base64url'), auth };
}
